"""What holds for every test: none is judged by the time that it takes."""

import os

from hypothesis import HealthCheck, settings

# Nothing here speaks TLS, and OpenSSL reads all authorities of the machine at each connection: 30 ms a bot.
os.environ["SSL_CERT_FILE"] = os.devnull

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
