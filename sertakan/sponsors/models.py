"""Who pays, and under which agreement (PKS): places, budget, period, whom, what for."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class SponsorKind(models.TextChoices):
    PERSON = "person"
    COMPANY = "company"
    STATE_ENTERPRISE = "state_enterprise"
    GOVERNMENT = "government"
    VILLAGE = "village"
    COMMUNITY = "community"


class Fund(models.TextChoices):
    """Whose money pays; the reliefs of the law depend on it."""

    OWN = "own"
    COMPANY = "company"
    STATE_ENTERPRISE = "state_enterprise"
    APBN = "apbn"
    APBD = "apbd"
    DBHCHT = "dbhcht"
    VILLAGE = "village"


class Segment(models.TextChoices):
    BPU = "BPU"
    PU = "PU"


class Sector(models.TextChoices):
    TRANSPORT = "transport"
    OTHER = "other"


class Category(models.TextChoices):
    NON_ASN = "non_asn"
    RT_RW = "rt_rw"
    SOCIAL_WORKER = "social_worker"
    LINMAS = "linmas"
    HEALTH_CADRE = "health_cadre"
    GRAVE_KEEPER = "grave_keeper"
    WORSHIP_KEEPER = "worship_keeper"
    FARMER = "farmer"
    MSME = "msme"
    OTHER_INFORMAL = "other_informal"


class Programme(models.TextChoices):
    JKK = "JKK"
    JKM = "JKM"
    JHT = "JHT"


class Sponsor(models.Model):
    """A person, company, state enterprise, government, village or community that pays."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=SponsorKind)
    region = models.ForeignKey("regions.Region", models.PROTECT, null=True, related_name="+")
    email = models.EmailField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_sponsor_is_recorded_once", fields=["name", "kind"]),
            models.CheckConstraint(
                name="sponsor_kind_is_known", condition=Q(kind__in=SponsorKind.values)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AgreementState(models.TextChoices):
    DRAFT = "draft"
    APPROVED = "approved"
    CLOSED = "closed"


class Agreement(models.Model):
    """A sponsor's promise (PKS): so many places, so much money, these days [starts_on, ends_on).

    For BPU every worker is priced by the income declared, else by `assumed_income`; for PU
    by `wage` and `risk_class`. All amounts are whole rupiah, incomes and wages a month.
    """

    number = models.CharField(max_length=80, unique=True)
    sponsor = models.ForeignKey(Sponsor, models.PROTECT, related_name="agreements")
    fund = models.CharField(max_length=16, choices=Fund)
    segment = models.CharField(max_length=3, choices=Segment, default=Segment.BPU)
    programmes = ArrayField(models.CharField(max_length=3, choices=Programme))
    categories = ArrayField(
        models.CharField(max_length=16, choices=Category), default=list, blank=True
    )  # none named: every category
    region = models.ForeignKey("regions.Region", models.PROTECT, null=True, related_name="+")
    branch = models.ForeignKey("regions.Branch", models.PROTECT, null=True, related_name="+")
    places = models.PositiveIntegerField()
    budget_rupiah = models.BigIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    assumed_income = models.BigIntegerField(null=True)
    wage = models.BigIntegerField(null=True)
    risk_class = models.SmallIntegerField(null=True)
    state = models.CharField(max_length=8, choices=AgreementState, default=AgreementState.DRAFT)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    renews = models.OneToOneField("self", models.PROTECT, null=True, related_name="renewed_by")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="agreement_runs_at_least_a_day", condition=Q(starts_on__lt=F("ends_on"))
            ),
            models.CheckConstraint(name="agreement_has_places", condition=Q(places__gt=0)),
            models.CheckConstraint(name="agreement_has_a_budget", condition=Q(budget_rupiah__gt=0)),
            models.CheckConstraint(
                name="agreement_can_be_priced",
                condition=Q(segment=Segment.BPU, assumed_income__gte=0)
                | Q(segment=Segment.PU, wage__gt=0, risk_class__range=(1, 5)),
            ),
            models.CheckConstraint(
                name="agreement_insures_jkk_and_jkm",
                condition=Q(programmes__contains=[Programme.JKK, Programme.JKM]),
            ),
            models.CheckConstraint(
                name="agreement_approved_by_someone_at_some_time",
                condition=Q(state=AgreementState.DRAFT, approved_at=None, approved_by=None)
                | (
                    ~Q(state=AgreementState.DRAFT)
                    & Q(approved_at__isnull=False, approved_by__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="agreement_words_are_known",
                condition=Q(fund__in=Fund.values, state__in=AgreementState.values),
            ),
        ]

    def __str__(self) -> str:
        return self.number
