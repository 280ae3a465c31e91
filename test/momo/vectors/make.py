"""Writes the vectors beside it: the formats of momo/client/ once more, from their description, in another language and on
another implementation of AES (PyCryptodome, not OpenSSL). Published vectors are checked here before they are written.

    pip install pycryptodome phonenumbers && python3 make.py
"""

import hashlib, hmac, json, pathlib, struct, uuid

import phonenumbers
from Crypto.Cipher import AES

here = pathlib.Path(__file__).parent


def write(name, value):
    (here / name).write_text(json.dumps(value, indent=1, ensure_ascii=True) + "\n")


def gcm(key, nonce, plaintext, aad):
    cipher = AES.new(key, AES.MODE_GCM, nonce=nonce, mac_len=16)
    cipher.update(aad)
    ciphertext, tag = cipher.encrypt_and_digest(plaintext)
    return ciphertext + tag


def framed(*texts):
    return b"".join(struct.pack(">I", len(t.encode())) + t.encode() for t in texts)


def derived(length, *names):
    """Bytes that look random and are the same in every run."""
    return hashlib.shake_256(":".join(names).encode()).digest(length)


# McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B: test cases 13 to 16, those of AES-256 with a nonce of 96 bits.
key = "feffe9928665731c6d6a8f9467308308" * 2
text = (
    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
    "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255"
)
sealed = (
    "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
    "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad"
)
published = [
    {"case": 13, "key": "00" * 32, "nonce": "00" * 12, "plaintext": "", "aad": "", "sealed": "530f8afbc74536b9a963b4f1c4cb738b"},
    {"case": 14, "key": "00" * 32, "nonce": "00" * 12, "plaintext": "00" * 16, "aad": "", "sealed": "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"},
    {"case": 15, "key": key, "nonce": "cafebabefacedbaddecaf888", "plaintext": text, "aad": "", "sealed": sealed + "b094dac5d93471bdec1a502270e3cc6c"},
    {"case": 16, "key": key, "nonce": "cafebabefacedbaddecaf888", "plaintext": text[:120], "aad": "feedfacedeadbeeffeedfacedeadbeefabaddad2", "sealed": sealed[:120] + "76fc6ece0f4e1768cddf8853bb2d551b"},
]
for v in published:
    assert gcm(*(bytes.fromhex(v[k]) for k in ("key", "nonce", "plaintext", "aad"))).hex() == v["sealed"], v["case"]
write("aes-256-gcm.json", published)

# RFC 4231, section 4. Case 5 is of a truncated output and is left out.
rfc = [
    (1, "0b" * 20, b"Hi There".hex(), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    (2, b"Jefe".hex(), b"what do ya want for nothing?".hex(), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    (3, "aa" * 20, "dd" * 50, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
    (4, bytes(range(1, 26)).hex(), "cd" * 50, "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
    (6, "aa" * 131, b"Test Using Larger Than Block-Size Key - Hash Key First".hex(), "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
    (7, "aa" * 131, b"This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.".hex(), "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
]
for case, k, data, mac in rfc:
    assert hmac.new(bytes.fromhex(k), bytes.fromhex(data), hashlib.sha256).hexdigest() == mac, case
write("hmac-sha-256.json", [{"case": case, "key": k, "data": data, "mac": mac} for case, k, data, mac in rfc])

merchant = "019a0000-0000-7000-8000-00000000000a"
fields = [
    ("app.users", "msisdn_enc", None, "+256772123456"),
    ("app.customers", "display_name_enc", merchant, "Nakato Aisha"),
    ("app.customers", "notes_enc", merchant, "Ki n\u00e9 \u00e0 Yaound\u00e9 \u2014 \U0001f33f"),
    ("app.customers", "email_enc", merchant, "x"),
    ("app.transactions", "payer_message_enc", merchant, "0" * 1000),
]
made = []
for n, (table, column, owner, plaintext) in enumerate(fields):
    k, nonce = derived(32, "key", str(n)), derived(12, "nonce", str(n))
    key_id, row_id = (str(uuid.UUID(bytes=derived(16, what, str(n)), version=4)) for what in ("key id", "row id"))
    header = b"\x01" + uuid.UUID(key_id).bytes
    aad = header + framed("momo field", table, column, row_id, owner or "")
    value = header + nonce + gcm(k, nonce, plaintext.encode(), aad)
    made.append({"key": k.hex(), "keyId": key_id, "nonce": nonce.hex(), "place": {"table": table, "column": column, "rowId": row_id, "merchantId": owner}, "plaintext": plaintext, "value": value.hex()})
write("field-encryption.json", made)

indexes = []
for n, (table, column, text) in enumerate(
    [("app.users", "msisdn_bidx", "+256772123456"), ("app.customers", "msisdn_bidx", "+256772123456"), ("app.users", "email_bidx", "ana@example.ug"), ("app.users", "email_bidx", "\u00e9@example.cm")]
):
    k = derived(32, "blind", str(n // 2))
    mac = hmac.new(k, framed("momo blind index", table, column, text), hashlib.sha256).hexdigest()
    indexes.append({"key": k.hex(), "table": table, "column": column, "normalised": text, "index": mac})
write("blind-index.json", indexes)

# Google's metadata: an example mobile number of every country, as people write it there and as they write it abroad.
numbers = []
for country in "BF BJ CD CF CG CI CM GA GH GN GQ GW KE LR ML MW NE NG RW SN SS SZ TD TG TZ UG ZA ZM".split():
    e = phonenumbers.example_number_for_type(country, phonenumbers.PhoneNumberType.MOBILE)
    if country == "GA":  # its example is of before 2019
        e = phonenumbers.parse("066 12 34 56", "GA")
    if country in ("LR", "CD", "ZA"):  # several lengths: take the one of today's mobile networks
        e = phonenumbers.parse({"LR": "0886123456", "CD": "0812345678", "ZA": "0711234567"}[country], country)
    f = phonenumbers.PhoneNumberFormat
    assert phonenumbers.is_valid_number(e), country
    numbers.append({"country": country, "national": phonenumbers.format_number(e, f.NATIONAL), "international": phonenumbers.format_number(e, f.INTERNATIONAL), "e164": phonenumbers.format_number(e, f.E164)})
write("msisdn.json", numbers)
