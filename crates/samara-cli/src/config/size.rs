//! Numbers of bytes as people write them.

use serde::{Deserialize, Deserializer, de};
use std::str::FromStr;

/// A number of bytes, written `500000`, `500 kB` or `2 MB`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Size(pub usize);

/// How a size is written.
const HOW: &str = "write it as 500 kB, 2 MB or 1 GiB";

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let is_of_number = |c: char| c.is_ascii_digit() || c == '.';
        let (digits, unit) = text.split_at(text.find(|c| !is_of_number(c)).unwrap_or(text.len()));
        let bytes = match unit.trim().to_ascii_lowercase().as_str() {
            "" | "b" => 1.0,
            "k" | "kb" => 1e3,
            "m" | "mb" => 1e6,
            "g" | "gb" => 1e9,
            "kib" => f64::from(1 << 10),
            "mib" => f64::from(1 << 20),
            "gib" => f64::from(1 << 30),
            _ => return Err(HOW.to_owned()),
        };
        let size = digits.parse::<f64>().map_err(|_| HOW)? * bytes;
        if size < u64::MAX as f64 {
            // More than this machine has addresses for is as much as it has.
            Ok(Size(size as usize))
        } else {
            Err(format!("no machine has so many bytes; {HOW}"))
        }
    }
}

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Number(usize),
            Text(String),
        }
        match Written::deserialize(deserializer)? {
            Written::Number(bytes) => Ok(Size(bytes)),
            Written::Text(text) => text.parse().map_err(de::Error::custom),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        for (text, expected) in [
            ("0", Some(0)),
            ("500", Some(500)),
            ("500 kB", Some(500_000)),
            ("1.5MB", Some(1_500_000)),
            ("8k", Some(8_000)),
            ("2 g", Some(2_000_000_000)),
            ("64 KiB", Some(65_536)),
            ("1GiB", Some(1 << 30)),
            (
                "8 GB",
                Some(usize::try_from(8_000_000_000_u64).unwrap_or(usize::MAX)),
            ),
            ("", None),
            ("kB", None),
            ("-1", None),
            ("1e3", None),
            ("1.2.3 MB", None),
            ("5 TB", None),
            ("inf", None),
            ("999999999999 GB", None),
        ] {
            let size = text.parse::<Size>().ok().map(|size| size.0);
            assert_eq!(size, expected, "{text}");
        }
    }
}
