"""Passkeys in Chromium, with an authenticator that Chromium itself plays."""

import pytest
from allauth.mfa.models import Authenticator

from sertakan.access.newcomers import verified
from sertakan.regions.models import Region
from tests.web.people import PASSWORD, an_appointed

pytestmark = [
    pytest.mark.chromium,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("_in_november"),
]
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_an_officer_sets_up_a_passkey_goes_on_and_signs_in_with_it_alone(live_server, chromium):
    sari = an_appointed("city_officer", over=Region.objects.get(pk="35.77"), name="Sari")
    verified(sari)
    Authenticator.objects.filter(user=sari).delete()

    def look(page):
        said = []
        page.on("console", lambda message: said.append(message.text))
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        page.goto(f"{live_server.url}/en/kota/orang")
        page.get_by_label("E-mail address").fill(sari.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.get_by_role("link", name="A passkey").click()
        page.get_by_label("Sign in with it alone").check()
        page.get_by_role("button", name="Add it now").click()
        page.get_by_role("link", name="I have kept them: go on").click()
        wanted = page.url
        page.context.clear_cookies()
        page.goto(f"{live_server.url}/en/masuk")
        page.get_by_role("button", name="Sign in with a passkey").click()
        page.wait_for_url("**/kota/")
        return wanted, said

    wanted, said = chromium.show(look)

    assert wanted == f"{live_server.url}/en/kota/orang"
    assert said == []
    assert Authenticator.objects.filter(user=sari, type="webauthn").count() == 1
