//! Which addresses of the network messages may go to: none that the server alone can reach.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// How far messages may go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reach {
    /// Whether they may go over plain `http`.
    pub http: bool,
    /// Whether they may go to private addresses: this machine, and the network it stands in.
    pub private: bool,
}

/// What kind of address it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Anybody can reach it.
    Public,
    /// This machine, or a network of somebody's own.
    Private,
    /// No receiver is there: everybody in a network, nobody, the machine's neighbours on the wire, or the services by which
    /// a cloud tells a machine its credentials.
    Never,
}

impl Reach {
    /// Whether messages may go to this address.
    pub(crate) fn takes(self, address: IpAddr) -> bool {
        match place(address) {
            Place::Public => true,
            Place::Private => self.private,
            Place::Never => false,
        }
    }
}

/// Services of clouds for their machines that lie among addresses of another kind: Azure, Alibaba, Oracle.
const OF_CLOUDS: [Ipv4Addr; 3] =
    [Ipv4Addr::new(168, 63, 129, 16), Ipv4Addr::new(100, 100, 100, 200), Ipv4Addr::new(192, 0, 0, 192)];
/// The same of Amazon.
const OF_AMAZON: Ipv6Addr = Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254);

fn place(address: IpAddr) -> Place {
    match address {
        IpAddr::V4(address) => place_v4(address),
        IpAddr::V6(address) => place_v6(address),
    }
}

/// By the registry of special addresses (RFC 6890 and after).
fn place_v4(address: Ipv4Addr) -> Place {
    let [a, b, c, _] = address.octets();
    match (a, b, c) {
        _ if OF_CLOUDS.contains(&address) => Place::Never,
        // "This network", link-local, multicast, reserved, broadcast.
        (0 | 224.., ..) | (169, 254, _) => Place::Never,
        (10 | 127, ..) | (172, 16..=31, _) | (192, 168, _) | (100, 64..=127, _) => Place::Private,
        // Protocol assignments, documentation, the old relay of 6to4, benchmarks.
        (192, 0, 0 | 2) | (192, 88, 99) | (198, 18..=19, _) | (198, 51, 100) | (203, 0, 113) => Place::Private,
        _ => Place::Public,
    }
}

fn place_v6(address: Ipv6Addr) -> Place {
    if let Some(inside) = carried(address) {
        return place_v4(inside);
    }
    match address.segments() {
        _ if address == OF_AMAZON => Place::Never,
        [0, 0, 0, 0, 0, 0, 0, 1] | [0xfc00..=0xfdff, ..] => Place::Private,
        // Protocol assignments with Teredo, documentation, 6to4.
        [0x2001, 0..=0x1ff, ..] | [0x2001, 0xdb8, ..] | [0x2002, ..] | [0x3fff, 0..=0xfff, ..] => Place::Private,
        [0x2000..=0x3fff, ..] => Place::Public,
        _ => Place::Never,
    }
}

/// The IPv4 address that an IPv6 address stands for: mapped, or behind a translator (RFC 6052).
fn carried(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let [a, b, c, d, e, f, high, low] = address.segments();
    let is_mapped = [a, b, c, d, e, f] == [0, 0, 0, 0, 0, 0xffff];
    let is_translated = [a, b, c, d, e, f] == [0x64, 0xff9b, 0, 0, 0, 0];
    (is_mapped || is_translated).then(|| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn takes(private: bool, address: &str) -> bool {
        Reach { http: true, private }.takes(address.parse().unwrap())
    }

    #[test]
    fn only_addresses_that_anybody_can_reach_are_taken() {
        for address in
            ["8.8.8.8", "1.1.1.1", "203.162.0.181", "172.32.0.1", "192.169.0.1", "2001:4860:4860::8888", "::ffff:8.8.8.8"]
        {
            assert!(takes(false, address), "{address}");
        }
        for address in [
            "127.0.0.1",
            "127.8.8.8",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "100.64.0.1",
            "100.127.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "198.18.0.1",
            "198.51.100.7",
            "203.0.113.7",
            "::1",
            "fc00::1",
            "fdff::1",
            "2001:db8::1",
            "2001::1",
            "2002:7f00:1::",
            "3fff::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::127.0.0.1",
        ] {
            assert!(!takes(false, address), "{address}");
            assert!(takes(true, address), "{address} where private addresses are allowed");
        }
    }

    #[test]
    fn some_addresses_are_never_taken() {
        for address in [
            "0.0.0.0",
            "0.1.2.3",
            "169.254.169.254",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "168.63.129.16",
            "100.100.100.200",
            "192.0.0.192",
            "::",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "fd00:ec2::254",
            "::127.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::169.254.169.254",
            "64:ff9b:1::1",
            "100::1",
        ] {
            assert!(!takes(true, address) && !takes(false, address), "{address}");
        }
    }
}
