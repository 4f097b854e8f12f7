"""A death reported, decided by the law, approved by a second person, and paid once."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Cause(models.TextChoices):
    ORDINARY = "ordinary"
    WORK_ACCIDENT = "work_accident"


class State(models.TextChoices):
    """Where a claim stands; which may follow which is in `claims.states`.

    It says no more than decisions, approvals and the payout do: the database holds them together.
    """

    REPORTED = "reported"
    DECIDED = "decided"
    APPROVED = "approved"
    REFUSED = "refused"
    PAID = "paid"
    WITHDRAWN = "withdrawn"


class Claim(models.Model):
    """The death of one person, reported by someone. One claim a person.

    `statements` holds what only people can say and no record shows, in the words of the
    law's facts: `working_when_accepted`, `children`, `survivors`, `will`,
    `funeral_arranged_by`. What is not stated is unknown. The reporter's phone and e-mail, where
    told, are for news of the claim.
    """

    reference = models.CharField(max_length=20, unique=True)
    person = models.OneToOneField("people.Person", models.PROTECT, related_name="claim")
    died_on = models.DateField()
    cause = models.CharField(max_length=13, choices=Cause)
    statements = models.JSONField(default=dict)
    reporter_name = models.CharField(max_length=200)
    reporter_relation = models.CharField(max_length=40)
    reporter_phone_encrypted = models.BinaryField(null=True)
    reporter_email_encrypted = models.BinaryField(null=True)
    reported_on = models.DateField()
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    state = models.CharField(max_length=9, choices=State, default=State.REPORTED)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_death_is_reported_after_it", condition=Q(reported_on__gte=F("died_on"))
            ),
            models.CheckConstraint(
                name="claim_state_is_known", condition=Q(state__in=State.values)
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Document(models.Model):
    """A paper of a claim, and when it was received."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=40)
    received_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_document_is_received_once", fields=["claim", "kind"]),
        ]

    def __str__(self) -> str:
        return self.kind


class Confirmation(models.Model):
    """An officer's word on one thing that the law leaves to an officer (`review_because`)."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="confirmations")
    matter = models.CharField(max_length=60)
    note = models.CharField(max_length=500)
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_matter_is_confirmed_once", fields=["claim", "matter"]),
            models.CheckConstraint(name="a_confirmation_says_why", condition=~Q(note="")),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.matter}"


class Outcome(models.TextChoices):
    PAYABLE = "payable"
    REFUSED = "refused"
    PENDING_ARREARS = "pending_arrears"
    REVIEW = "review"


class Decision(models.Model):
    """What the law said on a day, with the facts, findings and provisions as they were.

    `outcome` is the law's, except that a `review` whose every reason an officer has
    confirmed is `payable`; the law's own word stays in `answer`. `lines` are the amounts with
    their provisions, `uncertain` the provisions of low confidence that the answer hangs on,
    `turned_by` the changes of fact that would turn it.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=15, choices=Outcome)
    facts = models.JSONField()
    answer = models.JSONField()
    findings = models.JSONField()
    lines = models.JSONField()
    provisions = models.JSONField()
    uncertain = models.JSONField()
    turned_by = models.JSONField()
    cash_rupiah = models.BigIntegerField()
    decided_on = models.DateField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="decisions_of_a_claim_are_numbered", fields=["claim", "number"]
            ),
            models.CheckConstraint(
                name="no_decision_pays_less_than_nothing", condition=Q(cash_rupiah__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}/{self.number} {self.outcome}"


class Approval(models.Model):
    """A second person's yes. `decided_by` repeats the decision's, for the rule to see."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="approval")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    approved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="nobody_approves_their_own_decision",
                condition=~Q(decided_by=F("approved_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} by {self.approved_by_id}"


class SentBack(models.Model):
    """A second person's no to a decision, with what is to be looked at again."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="sent_back")
    note = models.CharField(max_length=500)
    sent_back_at = models.DateTimeField()
    sent_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="what_is_sent_back_says_why", condition=~Q(note="")),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} by {self.sent_back_by_id}"


class Withdrawal(models.Model):
    """A claim is not pursued: reported by mistake, or taken back by the family.

    It can be taken up again, by a second dated fact; the claim then stands where it stood.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="withdrawals")
    reason = models.CharField(max_length=500)
    withdrawn_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    resumed_at = models.DateTimeField(null=True)
    resumed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_claim_is_withdrawn_once_at_a_time",
                fields=["claim"],
                condition=Q(resumed_at=None),
            ),
            models.CheckConstraint(name="a_withdrawal_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="a_claim_is_resumed_by_someone_at_some_time",
                condition=Q(resumed_at=None, resumed_by=None)
                | Q(resumed_at__isnull=False, resumed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} withdrawn"


class HeirAccount(models.Model):
    """Where the money of a claim goes. The latest counts; the earlier ones stay.

    The number is encrypted; `account_index` is a keyed hash of it, by which one account that
    stands in several claims is seen.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="accounts")
    holder = models.CharField(max_length=200)
    bank = models.CharField(max_length=60)
    heir_account_encrypted = models.BinaryField()
    account_index = models.BinaryField(max_length=32, db_index=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_account_has_a_holder_and_a_bank", condition=~Q(holder="") & ~Q(bank="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.bank}"


class Payout(models.Model):
    """The money of a claim, paid once."""

    claim = models.OneToOneField(Claim, models.PROTECT, related_name="payout")
    approval = models.OneToOneField(Approval, models.PROTECT, related_name="payout")
    rupiah = models.BigIntegerField()
    paid_on = models.DateField()
    bank_reference = models.CharField(max_length=80, unique=True)
    entry = models.OneToOneField("ledger.Entry", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_payout_is_money", condition=Q(rupiah__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.rupiah}"
