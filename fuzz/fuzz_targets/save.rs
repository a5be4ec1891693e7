#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| questc_fuzz::save(input));
