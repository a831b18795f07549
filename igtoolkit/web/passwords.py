"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """argon2id with 19 MiB, two rounds, one lane: OWASP's first choice, and light enough for a deadline night."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
