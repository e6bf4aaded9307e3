"""What nobody should type, and somebody will."""

from __future__ import annotations

from hypothesis import strategies as st

MEGABYTE = 1_000_000
LONG = "Æ" * 5_000
"""Longer than any field, and shown back all the same."""

TEXTS: tuple[str, ...] = (
    "",
    " ",
    "\t\r\n",
    "Blåbærsyltetøy på Ærøya",
    "e\u0301 a\u030a",  # letters in two parts
    "\u202eksedlisgav\u202c",  # right to left
    "\u200b\u200d\ufeff",  # nothing to see
    "مرحبا ١٢٣٤٥",
    "👩‍👩‍👧‍👦 🇳🇴",
    "\U0010ffff\uffff\ufffe",
    "a\x00b",
    "\x00",
    "\x01\x08\x0b\x1b[31m\x7f\x85",
    "linje\nlinje\rlinje\u2028linje",
    LONG,
    "x" * 81,
    "x" * 121,
    "x" * 301,
    "a" * 100_000,
    "x" * MEGABYTE,
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }} {% debug %}",
    "%s %(name)s {0} {name}",
    "'; DROP TABLE people_person; --",
    "\\",
    "\\u0000",
    "%00",
    "..\\../../etc/passwd",
    "NaN",
    "-inf",
    "Infinity",
    "sNaN",
    "1e400",
    "1e-400",
    "1E999999999",
    "0x1F",
    "1_000",
    "1.000.000,00",
    "-1",
    "-0",
    "0",
    "0,001",
    "9" * 13,
    "9" * 20,
    "9" * 5_000,
    "999999999999.99",
    "9223372036854775808",
    "١٢٣",
    "²",
    "½",
    "kr 117.400,-",
    "0000-00-00",
    "0000-01-01",
    "00.00.0000",
    "01.01.0001",
    "31.12.9999",
    "9999-12-31",
    "30.02.2026",
    "31.12.26",
    "29.02.1900",
    "99999-01-01",
    "null",
    "None",
    "true",
    "on",
    "[]",
    "{}",
    '{"id": 1}',
    '{"id": "a", "rawId": "a", "type": "public-key", "response": {}}',
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"clientDataJSON": "e30"}}',
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response":'
    ' {"clientDataJSON": "e30", "attestationObject": "YQ"}}',
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"clientDataJSON": "e30",'
    ' "authenticatorData": "YQ", "signature": "YQ", "userHandle": "YQ"}}',
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "ikke-en-id",
    "12345678901",
    "310000027",
    "999999999",
    "@",
    "a@b",
    "a@b,c@d.no",
    "navn@eksempel.no\nBcc: x@y.no",
    "http://[",
    "//onde.example/",
    "javascript:alert(1)",
    "/\\onde.example",
    "abc",
    "application",
)

PATHS: tuple[str, ...] = (
    "/moss/saker/%00/",
    "/moss%00/saker/",
    "/moss/soknader/ikke-en-id/",
    "/moss/utlysninger/%F0%9F%98%80/",
    "/moss/utlysninger/" + "a" * 3_000 + "/",
    "/%ff%fe/saker/",
    "/../../etc/passwd",
    "/moss/saker/00000000-0000-0000-0000-00000000000g/",
    "/konto/sikkerhet/webauthn/keys/99999999999999999999999/edit/",
    "/konto/sikkerhet/webauthn/keys/0/remove/",
    "/konto/password/reset/key/zzzzzzzzzzzzzzzzzzzzzzzzzzzzz-set-password/",
    "/konto/password/reset/key/%C3%86-a%00b/",
    "/konto/confirm-email/::::/",
    "/konto/confirm-email/MQ:1abc:xyz/",
    "/static/../settings.py",
    "/static/%00",
    "/" + "a/" * 500,
)

HEADERS: tuple[dict[str, str], ...] = (
    {"Cookie": 'session="aaaaaaaaaaaa\\000bbbb"'},
    {"Cookie": "session=" + "a" * 5_000},
    {"Cookie": 'sprak="\\000"; csrf="\\000"'},
    {"Cookie": "=;;;session==;\u00e6=1"},
    {"Accept-Language": "nb" * 5_000},
    {"Accept-Language": "nb;q=1e400, nn;q=NaN"},
    {"HX-Request": "true", "HX-Current-URL": "http://["},
    {"HX-Request": "true", "HX-Target": "%00", "HX-Current-URL-URI-AutoEncoded": "true"},
    {"X-Forwarded-For": "a, b", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "onde.example"},
    {"Host": "onde.example"},
    {"Host": "moss kommune"},
    {"Host": "localhost:99999999"},
    {"Referer": "http://["},
    {"X-HTTP-Method-Override": "DELETE"},
    {"Range": "bytes=99999999999-"},
    {"If-Modified-Since": "Fri, 00 Foo 0000"},
)

CHARSETS = ("hex", "rot13", "utf-7", "utf-16", "unicode_escape", "idna", "finnes-ikke", "\x00")
"""What a sender may say its bytes are; some of these make Python raise."""

BODIES: tuple[tuple[str, bytes], ...] = (
    ("application/json", b'{"key": "x", "reason": ["a"], "impartial": {}}'),
    ("application/json", b"{" * 5_000),
    ("application/xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    ("text/plain", b"key=x&reason=y"),
    ("", b"key=x"),
    ("\u00e6/\u00f8", b"key=x"),
    ("application/octet-stream", b"\x00\xff" * 100),
    ("multipart/form-data", b"--x\r\n"),
    ("multipart/form-data; boundary=", b"--\r\n"),
    ("multipart/form-data; boundary=" + "x" * 300, b"--x"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="key"\r\n\r\nabc'),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\nabc\r\n--x--\r\n"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="key"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--\r\n",
    ),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="reason"; filename="../../a\x00.pdf"\r\n'
        b"Content-Type: application/pdf\r\n\r\n%PDF\r\n--x--\r\n",
    ),
    (
        "multipart/form-data; boundary=x; charset=utf-7",
        b'--x\r\nContent-Disposition: form-data; name="reason"\r\n\r\n+2AA-\r\n--x--\r\n',
    ),
    (
        "multipart/form-data; boundary=x; charset=hex",
        b'--x\r\nContent-Disposition: form-data; name="reason"\r\n\r\nzz\r\n--x--\r\n',
    ),
    ("application/x-www-form-urlencoded; charset=utf-16", b"reason=\xff\xfe"),
    ("application/x-www-form-urlencoded; charset=hex", b"reason=zz"),
    ("application/x-www-form-urlencoded", b"reason=%ED%A0%80&key=%FF%FE&document=%C3"),
    ("application/x-www-form-urlencoded", b"=&&&;;%&%zz=%&reason"),
    ("application/x-www-form-urlencoded", b"&".join(b"reason=%d" % n for n in range(1_100))),
    ("application/x-www-form-urlencoded", b"reason=" + b"x" * 3 * MEGABYTE),
)


def texts() -> st.SearchStrategy[str]:
    """Ours, joined two and two, and whatever Hypothesis finds; also what is no character at all."""
    short = st.sampled_from([text for text in TEXTS if len(text) < len(LONG)])
    joined = st.builds(lambda one, two: one + two, short, short)
    return st.one_of(short, joined, st.text(max_size=50), st.decimals().map(str), st.floats().map(str))
