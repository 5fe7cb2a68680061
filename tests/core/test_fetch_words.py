"""Sentences for what a test on one computer cannot make happen."""

from __future__ import annotations

import errno
import ssl
import urllib.error
from pathlib import Path

import pytest

from file_server import without_proxies
from qtdigits.core.fetch_words import why_no_answer, why_not_written
from qtdigits.core.mnist_download import MNIST


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    without_proxies(monkeypatch)


def test_certificate_of_a_filter_is_named() -> None:
    error = urllib.error.URLError(ssl.SSLCertVerificationError("self-signed certificate"))
    sentence = why_no_answer(error, MNIST.url)
    assert "did not come from storage.googleapis.com itself" in sentence
    assert "ask whoever runs your network" in sentence


def test_network_that_is_down_asks_for_the_internet() -> None:
    error = urllib.error.URLError(OSError(errno.ENETUNREACH, "Network is unreachable"))
    assert "connect this computer to the internet" in why_no_answer(error, MNIST.url)


def test_host_past_the_proxy_is_named_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.school:3128")
    assert why_no_answer(TimeoutError(), MNIST.url).startswith("the proxy proxy.school:3128")
    monkeypatch.setenv("no_proxy", "storage.googleapis.com")
    assert why_no_answer(TimeoutError(), MNIST.url).startswith("storage.googleapis.com")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EFBIG])
def test_full_disk_is_told(number: int) -> None:
    assert why_not_written(OSError(number, "x"), Path("home")).startswith("the disk is full")


def test_read_only_home_is_told() -> None:
    sentence = why_not_written(OSError(errno.EROFS, "Read-only file system"), Path("home"))
    assert sentence.startswith("home cannot be written (Read-only file system)")
