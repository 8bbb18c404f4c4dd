"""Pullquote: an article goes in; quote cards, social posts and a newsletter come out, on a schedule."""

__version__ = "0.1.0"
