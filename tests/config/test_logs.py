"""What is logged opens no door."""

import logging

import pytest
import structlog


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/undangan/s3cr3t", "/undangan/…"),
        ("/en/undangan/s3cr3t", "/en/undangan/…"),
        ("/sandi/baru/1-s3cr3t", "/sandi/baru/…"),
        ("/k/s3cr3t", "/k/…"),
        ("/kelola/undangan/7/tarik", "/kelola/undangan/7/tarik"),
    ],
)
def test_the_secret_of_a_link_is_not_logged(path, logged):
    handlers = logging.getLogger().handlers
    (ours,) = [
        handler.formatter
        for handler in handlers
        if isinstance(handler.formatter, structlog.stdlib.ProcessorFormatter)
    ]
    told = ("Unprocessable Entity", path)
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s: %s", told, None)

    line = ours.format(record)

    assert f"Unprocessable Entity: {logged}" in line
    assert "s3cr3t" not in line
