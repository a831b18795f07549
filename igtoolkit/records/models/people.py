"""People who sign in."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from igtoolkit.records.models.organisations import Organisation


class Role(models.TextChoices):
    """What a person does in their organisation."""

    VIEWER = "viewer"
    CONTRIBUTOR = "contributor"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"


class People(BaseUserManager["Person"]):
    """Finding people by their login, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").lower())

    def who_act(self, roles: Collection[str]) -> models.QuerySet["Person"]:
        """Those in these roles who can act today, by name: active, and not merely invited."""
        waiting = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        return self.filter(~waiting, role__in=roles, is_active=True).order_by("name", "pk")

    def get_queryset(self) -> models.QuerySet["Person"]:
        return super().get_queryset().select_related("organisation")


class Person(AbstractBaseUser):
    """Somebody with an account: of one organisation in one role, the NDG's reader, or of the service team."""

    email = models.CharField("login", max_length=254, unique=True, help_text="In lower case; mail goes here.")
    name = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="people")
    role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    reads_for_ndg = models.BooleanField(default=False, help_text="Reads for the National Data Guardian.")
    serves = models.BooleanField(default=False, help_text="Belongs to the service team.")
    is_active = models.BooleanField(default=True)
    created = models.DateTimeField()

    objects: ClassVar[Any] = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="login_in_lower_case"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, reads_for_ndg=False, serves=False, role__in=Role.values)
                | Q(organisation__isnull=True, role="", reads_for_ndg=True, serves=False)
                | Q(organisation__isnull=True, role="", reads_for_ndg=False, serves=True),
                name="one_place_each",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """What a session must agree with at each request: it ends as soon as the password or any right has changed."""
        rights = (self.is_active, self.role, self.organisation_id, self.reads_for_ndg, self.serves)
        told = "\n".join(map(str, (self.password, *rights)))
        return salted_hmac("igtoolkit.rights", told, secret=secret, algorithm="sha256").hexdigest()

    @property
    def place(self) -> str:
        """Where the person belongs, in words."""
        if self.reads_for_ndg:
            return "National Data Guardian's office"
        if self.serves:
            return "Service team"
        return f"{self.get_role_display()} at {self.organisation}"
