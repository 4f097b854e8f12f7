"""Places by their Kemendagri code, and the insurer's branches."""

from django.conf import settings
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Q

from sertakan.regions.naming import plain_name


class Level(models.IntegerChoices):
    PROVINCE = 1
    REGENCY = 2
    DISTRICT = 3
    VILLAGE = 4


class Region(models.Model):
    """A province, regency or city, district, or village (kelurahan or desa)."""

    code = models.CharField(primary_key=True, max_length=13)
    name = models.CharField(max_length=120)
    level = models.SmallIntegerField(choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")

    class Meta:
        indexes = [
            models.Index(OpClass(plain_name(), "text_pattern_ops"), name="region_plain_name")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Boundary(models.Model):
    """The border of a place, for maps, with whose it is. `outline` is as in `regions.outlines`."""

    region = models.OneToOneField(Region, models.PROTECT, primary_key=True, related_name="boundary")
    outline = models.JSONField()
    source = models.CharField(max_length=300)
    loaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_border_is_drawn", condition=~Q(outline=[])),
            models.CheckConstraint(name="a_border_names_its_source", condition=~Q(source="")),
        ]

    def __str__(self) -> str:
        return f"border of {self.region_id}"


class Branch(models.Model):
    """A branch office of the insurer, and how people reach it; empty where nobody has said."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+", db_index=False)

    def __str__(self) -> str:
        return self.name
