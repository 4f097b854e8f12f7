"""Places by their Kemendagri code, and the insurer's branches."""

from django.db import models


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

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Branch(models.Model):
    """A branch office of the insurer."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+", db_index=False)

    def __str__(self) -> str:
        return self.name
