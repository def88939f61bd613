"""Where webhooks may go."""

import pytest

from adapters.webhooks.addresses import AddressGuard, AddressRefused, Target, is_private

PUBLIC = [
    "93.184.216.34",
    "8.8.8.8",
    "2606:2800:220:1:248:1893:25c8:1946",
    "2002:5db8:d822::1",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
]
HOUSE = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",  # noqa: S104  an address that is refused
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "192.0.0.192",
    "168.63.129.16",
    "198.18.0.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b:1::a00:1",
    "64:ff9b:1:a00:1::808:808",
    "::ffff:0:10.0.0.1",
    "::8.8.8.8",
    "3fff::1",
    "5f00::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "2001:db8::1",
    "not an address",
]


def guard(*addresses: str, allowed: str = "", http: bool = False) -> AddressGuard:
    async def resolve(_host: str, _port: int) -> list[str]:
        if not addresses:
            raise OSError("no such host")
        return list(addresses)

    return AddressGuard(allowed_hosts=allowed.split(","), http_allowed=http, resolve=resolve)


@pytest.mark.parametrize("address", PUBLIC)
def test_the_open_net_is_open(address: str) -> None:
    assert not is_private(address)


@pytest.mark.parametrize("address", HOUSE)
async def test_nothing_of_the_house_is_reached(address: str) -> None:
    assert is_private(address)
    with pytest.raises(AddressRefused, match="private, local or reserved"):
        await guard(address).check("https://shop.example/hook")


async def test_one_inner_address_among_many_is_enough_to_refuse_the_host() -> None:
    with pytest.raises(AddressRefused):
        await guard("93.184.216.34", "10.0.0.1").check("https://shop.example/hook")
    assert await guard(*PUBLIC).approved("shop.example", 443) == PUBLIC


async def test_a_host_that_the_operator_names_may_lie_inside_and_no_other() -> None:
    own = guard("10.1.2.3", allowed=" Shop.Internal , till.internal")
    assert await own.approved("shop.internal", 443) == ["10.1.2.3"]
    assert await own.approved("shop.internal.", 443) == ["10.1.2.3"]
    for other in ("internal", "evil.shop.internal", "10.1.2.3"):
        with pytest.raises(AddressRefused):
            await own.approved(other, 443)


async def test_a_name_that_leads_nowhere_is_told_from_one_that_leads_inside() -> None:
    with pytest.raises(AddressRefused) as refused:
        await guard().check("https://shop.example/hook")
    assert refused.value.code == "not_found"


@pytest.mark.parametrize(
    "spelt",
    ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "localhost"],
)
async def test_however_this_machine_is_spelt_it_is_not_reached(spelt: str) -> None:
    with pytest.raises(AddressRefused):
        await AddressGuard(http_allowed=True).check(f"http://{spelt}:8000/v1/me")


def test_an_address_is_taken_apart_once() -> None:
    assert guard().read("https://Shop.Example/a/b?c=d") == Target("https", "shop.example", 443, "/a/b?c=d")
    assert guard(http=True).read("http://shop.example:8080") == Target("http", "shop.example", 8080, "/")
    assert guard().read("https://[2606:2800::1]:444/") == Target("https", "2606:2800::1", 444, "/")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://shop.example/", "scheme"),
        ("ftp://shop.example/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("gopher://shop.example/", "scheme"),
        ("//shop.example/", "scheme"),
        ("shop.example/hook", "scheme"),
        ("https://", "spelling"),
        ("https:///hook", "spelling"),
        ("https://name:password@shop.example/", "spelling"),
        ("https://shop.example@10.0.0.1/", "spelling"),
        ("https://shop.example\\@10.0.0.1/", "spelling"),
        ("https://shop.example/#there", "spelling"),
        ("https://shop.example:0/", "spelling"),
        ("https://shop.example:99999/", "spelling"),
        ("https://shop.example:https/", "spelling"),
        ("https://shop.example/a b", "spelling"),
        ("https://shop.example/a\r\nHost: other", "spelling"),
        ("https://shop.example/\0", "spelling"),
        ("https://商店.example/", "spelling"),
        ("https://[::1/", "spelling"),
        ("https://[v1.fe]/", "spelling"),
        ("https://-shop.example/", "spelling"),
        ("https://" + "a" * 1000 + ".example/", "spelling"),
    ],
)
def test_what_is_no_plain_address_is_refused(url: str, code: str) -> None:
    with pytest.raises(AddressRefused) as refused:
        guard("93.184.216.34").read(url)
    assert refused.value.code == code
