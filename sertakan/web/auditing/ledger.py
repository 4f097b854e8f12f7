"""The ledger: accounts with what stands on them, and each entry down to what caused it."""

from django.db.models import Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sertakan.access.trail import readable_entries
from sertakan.ledger.models import Account, Entry, Line
from sertakan.ledger.queries import balance
from sertakan.web.auditing.ledger_words import named, told_of
from sertakan.web.guard import acting, found
from sertakan.web.lists import paged

SHOWN = "lines__account"


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """What stands on the accounts, and the entries; of a scope, its entries alone."""
    appointment = acting(request)
    whole = appointment is not None and not appointment.scope
    entries = readable_entries(Entry.objects.all(), appointment).prefetch_related(SHOWN)
    page = paged(entries, request)
    told = {
        "page": page,
        "entries": told_of(page.rows),
        "accounts": _by_head() if whole else [],
        "whole": whole,
    }
    return render(request, "web/auditing/ledger.html", told)


@require_safe
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: what stands on it and below it, and what moved it."""
    one = found(request, Account.objects.all(), pk=pk)
    inside = Q(account=one) | Q(account__code__startswith=f"{one.code}/")
    entries = Entry.objects.filter(pk__in=Line.objects.filter(inside).values("entry"))
    page = paged(entries.prefetch_related(SHOWN), request)
    told = {
        "account": one,
        "name": named([one.code])[one.code],
        "rupiah": balance(one.code),
        "page": page,
        "entries": told_of(page.rows),
    }
    return render(request, "web/auditing/account.html", told)


@require_safe
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry with its lines, and what caused it."""
    one = found(request, Entry.objects.prefetch_related(SHOWN), pk=pk)
    (told,) = told_of([one])
    return render(request, "web/auditing/entry.html", {"entry": one, "told": told})


def _by_head() -> list[dict[str, object]]:
    """Each first word of the accounts with the sum of what stands below it."""
    sums: dict[str, int] = {}
    moved = Line.objects.values("account__code").annotate(rupiah=Sum("rupiah")).order_by()
    for code, rupiah in moved.values_list("account__code", "rupiah"):
        head = "/".join(
            part for part in code.split("/")[:2] if part != "sponsor" and part != "claim"
        )
        sums[head] = sums.get(head, 0) + rupiah
    accounts = dict(Account.objects.filter(code__in=sums).values_list("code", "pk"))
    names = named(sums)
    return [
        {"name": names[code], "rupiah": rupiah, "pk": accounts.get(code)}
        for code, rupiah in sorted(sums.items())
    ]
