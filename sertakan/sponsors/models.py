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
    phone_encrypted = models.BinaryField(null=True)
    reminded = models.BooleanField(default=True)  # told before cover ends, by e-mail and phone

    class Meta:
        constraints = [
            # Two neighbours may have one name; two companies may not.
            models.UniqueConstraint(
                name="a_sponsor_is_recorded_once",
                fields=["name", "kind"],
                condition=~Q(kind=SponsorKind.PERSON),
            ),
            models.CheckConstraint(
                name="sponsor_kind_is_known", condition=Q(kind__in=SponsorKind.values)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StandingApproval(models.Model):
    """A branch's approver has said: agreements of private money on the standard terms, up to so
    many places for a sponsor at a time, are approved in my name (docs/decisions/0067)."""

    branch = models.ForeignKey(
        "regions.Branch", models.PROTECT, related_name="standing_approvals", db_index=False
    )
    most_places = models.PositiveIntegerField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_branch_has_one_standing_approval",
                fields=["branch"],
                condition=Q(ended_at=None),
            ),
            models.CheckConstraint(
                name="standing_approval_has_places", condition=Q(most_places__gt=0)
            ),
            models.CheckConstraint(
                name="standing_approval_ended_by_someone_later",
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__gte=F("given_at"), ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.branch_id}: {self.most_places}"


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
    # Approved by it, in its giver's name. That it reached so far is judged by migration 0004.
    standing_approval = models.ForeignKey(
        StandingApproval, models.PROTECT, null=True, related_name="agreements"
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


class Returned(models.Model):
    """A branch has sent a draft back: what is to be changed before it can be approved.

    It stays a draft; the sponsor's office changes it, or drafts another.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="returns")
    reason = models.CharField(max_length=500)
    returned_at = models.DateTimeField()
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_draft_is_returned_for_a_reason", condition=~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.reason}"


class Draft(models.Model):
    """What a sponsor has chosen so far, to be gone on with on any device.

    `content_encrypted` is JSON and holds personal data (`sponsors.drafts`). With an `agreement`
    it waits until the branch approves that; without one it is being filled in, and a sponsor has
    one such. It is deleted when its people are enrolled.
    """

    sponsor = models.ForeignKey(Sponsor, models.PROTECT, related_name="drafts")
    agreement = models.OneToOneField(
        Agreement, models.PROTECT, null=True, related_name="waiting_draft"
    )
    content_encrypted = models.BinaryField()
    updated_at = models.DateTimeField(db_index=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_sponsor_has_one_open_draft",
                fields=["sponsor"],
                condition=Q(agreement=None),
            ),
        ]

    def __str__(self) -> str:
        return f"draft of {self.sponsor_id}"
