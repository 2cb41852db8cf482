"""For every test."""

import os

# Nothing here speaks TLS, and OpenSSL reads all authorities of the machine at each connection: 30 ms a bot.
os.environ["SSL_CERT_FILE"] = os.devnull
