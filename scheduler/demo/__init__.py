"""What `pullquote demo` needs beside the product: services to send to, and a stage for processes.

Nothing of the product knows it, and it knows nothing of the product but its errors.
"""
