"""What makes parts of Pullquote; nothing here is shipped."""
