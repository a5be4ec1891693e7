//! Saves through writers of serde: formats that people read and formats that machines read, with names and without.
//!
//! `PROPTEST_CASES=20000 cargo test -p saves --release --test formats` is a long run.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

mod support;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use quest_types::journal::Save;
use std::fmt::Display;
use std::panic::catch_unwind;
use support::{old, saves};

type Written = Result<Vec<u8>, String>;

/// A format of serde: how it is written and read.
struct Format {
    name: &'static str,
    write: fn(&Save) -> Written,
    read: fn(&[u8]) -> Result<Save, String>,
}

fn said<T>(result: Result<T, impl Display>) -> Result<T, String> {
    result.map_err(|error| error.to_string())
}

fn bytes(result: Result<String, impl Display>) -> Written {
    said(result.map(String::into_bytes))
}

fn text(bytes: &[u8]) -> Result<&str, String> {
    said(std::str::from_utf8(bytes))
}

const FORMATS: [Format; 19] = [
    Format {
        name: "serde_json",
        write: |save| said(serde_json::to_vec(save)),
        read: |bytes| said(serde_json::from_slice(bytes)),
    },
    Format {
        name: "serde_json::Value",
        write: |save| said(serde_json::to_value(save)).map(|value| value.to_string().into_bytes()),
        read: |bytes| said(serde_json::from_slice(bytes).and_then(serde_json::from_value)),
    },
    Format {
        name: "ron",
        write: |save| bytes(ron::to_string(save)),
        read: |bytes| said(ron::from_str(text(bytes)?)),
    },
    Format {
        name: "toml",
        write: |save| bytes(toml::to_string(save)),
        read: |bytes| said(toml::from_str(text(bytes)?)),
    },
    Format {
        name: "basic-toml",
        write: |save| bytes(basic_toml::to_string(save)),
        read: |bytes| said(basic_toml::from_str(text(bytes)?)),
    },
    Format {
        name: "serde-saphyr",
        write: |save| bytes(serde_saphyr::to_string(save)),
        read: |bytes| said(serde_saphyr::from_str(text(bytes)?)),
    },
    Format {
        name: "serde_yaml_ng",
        write: |save| bytes(serde_yaml_ng::to_string(save)),
        read: |bytes| said(serde_yaml_ng::from_str(text(bytes)?)),
    },
    Format {
        name: "serde_norway",
        write: |save| bytes(serde_norway::to_string(save)),
        read: |bytes| said(serde_norway::from_str(text(bytes)?)),
    },
    Format {
        name: "ciborium",
        write: |save| {
            let mut out = Vec::new();
            said(ciborium::into_writer(save, &mut out))?;
            Ok(out)
        },
        read: |bytes| said(ciborium::from_reader(bytes)),
    },
    Format {
        name: "minicbor-serde",
        write: |save| said(minicbor_serde::to_vec(save)),
        read: |bytes| said(minicbor_serde::from_slice(bytes)),
    },
    Format {
        name: "serde_cbor_2",
        write: |save| said(serde_cbor_2::to_vec(save)),
        read: |bytes| said(serde_cbor_2::from_slice(bytes)),
    },
    Format {
        name: "rmp-serde, named",
        write: |save| said(rmp_serde::to_vec_named(save)),
        read: |bytes| said(rmp_serde::from_slice(bytes)),
    },
    Format {
        name: "rmp-serde, compact",
        write: |save| said(rmp_serde::to_vec(save)),
        read: |bytes| said(rmp_serde::from_slice(bytes)),
    },
    Format {
        name: "postcard",
        write: |save| said(postcard::to_stdvec(save)),
        read: |bytes| said(postcard::from_bytes(bytes)),
    },
    Format {
        name: "bincode",
        write: |save| said(bincode::serde::encode_to_vec(save, bincode::config::standard())),
        read: |bytes| {
            let read = bincode::serde::decode_from_slice(
                bytes,
                bincode::config::standard().with_limit::<1_000_000>(),
            );
            said(read.map(|(save, _)| save))
        },
    },
    Format {
        name: "bitcode",
        write: |save| said(bitcode::serialize(save)),
        read: |bytes| said(bitcode::deserialize(bytes)),
    },
    Format {
        name: "bson",
        write: |save| said(bson::serialize_to_vec(save)),
        read: |bytes| said(bson::deserialize_from_slice(bytes)),
    },
    Format { name: "pot", write: |save| said(pot::to_vec(save)), read: |bytes| said(pot::from_slice(bytes)) },
    Format { name: "bytes", write: |save| Ok(save.to_bytes()), read: |bytes| said(Save::from_bytes(bytes)) },
];

/// A bounded run, the same in each format.
fn cases(bounded: u32) -> Config {
    let config =
        Config { failure_persistence: quest_test::proptest_regressions!("formats"), ..Config::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() { config } else { Config { cases: bounded, ..config } }
}

fn comes_back(format: &Format, save: &Save) -> Result<(), TestCaseError> {
    let name = format.name;
    let written = (format.write)(save);
    prop_assert!(written.is_ok(), "{name} does not write: {written:?}");
    let bytes = written.unwrap_or_default();
    let read = (format.read)(&bytes);
    prop_assert_eq!(read.as_ref(), Ok(save), "{}: {}", name, String::from_utf8_lossy(&bytes));
    Ok(())
}

/// 2,000 random saves through each format. Prints how many bytes each took.
#[test]
fn saves_come_back_from_every_format() {
    let mut sizes = [0_usize; FORMATS.len()];
    let mut count = 0;
    let sizes = std::cell::RefCell::new((&mut sizes, &mut count));
    let result = TestRunner::new(cases(2_000)).run(&saves(), |save| {
        let mut sizes = sizes.borrow_mut();
        *sizes.1 += 1;
        for (at, format) in FORMATS.iter().enumerate() {
            comes_back(format, &save)?;
            sizes.0[at] += (format.write)(&save).map_or(0, |bytes| bytes.len());
        }
        Ok(())
    });
    result.unwrap();
    let (sizes, count) = sizes.into_inner();
    println!("{count} saves through each of {} formats:", FORMATS.len());
    for (format, size) in FORMATS.iter().zip(sizes) {
        println!("{:20} {:8} bytes a save", format.name, *size / *count);
    }
}

/// A save that was cut, or in which a byte is another, is read as an error or as a save: never a panic. The compact form sees
/// every change, and so does each format that contains it, as far as the change is in the save.
#[test]
fn broken_saves_are_errors() {
    let change = (any::<prop::sample::Index>(), any::<u8>());
    let result = TestRunner::new(cases(200)).run(&(saves(), change), |(save, (at, other))| {
        for format in &FORMATS {
            let bytes = (format.write)(&save).unwrap();
            let at = at.index(bytes.len());
            let cut = &bytes[..at];
            let mut changed = bytes.clone();
            changed[at] = other;
            for broken in [cut, &changed] {
                let read = catch_unwind(|| (format.read)(broken));
                prop_assert!(read.is_ok(), "{} panics", format.name);
                if format.name == "bytes" && broken != bytes {
                    prop_assert!(read.unwrap().is_err(), "a change is not seen");
                }
            }
        }
        Ok(())
    });
    result.unwrap();
}

/// What is another thing altogether, and what says that it is huge.
#[test]
fn foreign_bytes_are_errors() {
    let huge = [b"QSV\x01\x04\x01".as_slice(), &[0xff; 64]].concat();
    let foreign: [&[u8]; 8] = [b"", b"\0", b"null", b"[]", b"{}", b"QSV", &huge, &[0xff; 1_000]];
    for format in &FORMATS {
        for bytes in foreign {
            let read = catch_unwind(|| (format.read)(bytes));
            assert!(matches!(read, Ok(Err(_))), "{}: {bytes:?}", format.name);
        }
    }
}

/// Saves of format 3 in each format that has names, as the version before wrote them: they can still be read. Where there are no
/// names, those can be read that left nothing out, and the others are refused.
#[test]
fn saves_of_format_3_can_be_read() {
    let result = TestRunner::new(cases(500)).run(&old::saves(), |old| {
        let expected = old.as_save();
        macro_rules! check {
            ($name:literal, $written:expr, $read:expr) => {
                let bytes = $written;
                let read: Result<Save, String> = $read(bytes.as_slice());
                prop_assert_eq!(read.as_ref(), Ok(&expected), "{}", $name);
            };
        }
        let format = |name: &str| FORMATS.iter().find(|format| format.name == name).unwrap().read;
        check!("serde_json", serde_json::to_vec(&old).unwrap(), format("serde_json"));
        check!("ron", ron::to_string(&old).unwrap().into_bytes(), format("ron"));
        check!("toml", toml::to_string(&old).unwrap().into_bytes(), format("toml"));
        check!("serde_norway", serde_norway::to_string(&old).unwrap().into_bytes(), format("serde_norway"));
        check!("rmp-serde, named", rmp_serde::to_vec_named(&old).unwrap(), format("rmp-serde, named"));
        check!("minicbor-serde", minicbor_serde::to_vec(&old).unwrap(), format("minicbor-serde"));
        check!("pot", pot::to_vec(&old).unwrap(), format("pot"));
        check!("bson", bson::serialize_to_vec(&old).unwrap(), format("bson"));
        let mut cbor = Vec::new();
        ciborium::into_writer(&old, &mut cbor).unwrap();
        check!("ciborium", cbor, format("ciborium"));
        let complete = old.leaves_nothing_out();
        let bincode = bincode::serde::encode_to_vec(&old, bincode::config::standard()).unwrap();
        for (name, bytes) in [
            ("postcard", postcard::to_stdvec(&old).unwrap()),
            ("bincode", bincode),
            ("rmp-serde, compact", rmp_serde::to_vec(&old).unwrap()),
        ] {
            let read = format(name)(&bytes);
            if complete {
                prop_assert_eq!(read.as_ref(), Ok(&expected), "{}", name);
            } else {
                prop_assert!(read.is_err() || read.as_ref() == Ok(&expected), "{}: {:?}", name, read);
            }
        }
        Ok(())
    });
    result.unwrap();
}
