//! Mutations: bytes and words that parsers trip over, put into documents and cut out of them.

/// Pieces of formats, and what has broken parsers before.
const WORDS: [&[u8]; 64] = [
    b"<",
    b">",
    b"</",
    b"<!--",
    b"-->",
    b"--!>",
    b"<![CDATA[",
    b"]]>",
    b"<!doctype html>",
    b"<script>",
    b"</script>",
    b"<style>",
    b"<textarea>",
    b"<plaintext>",
    b"<table><tr><td>",
    b"<svg><foreignObject>",
    b"<math><mi>",
    b"<template>",
    b"<select>",
    b"<b><p></b>",
    b"<a href=\"",
    b"<br><br>",
    b"<pre>\n",
    b"<li>",
    b"<h1>",
    b"&#x",
    b"&amp",
    b"&#xD800;",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\xc3",
    b"\r",
    b"\r\n",
    b"\n\n",
    b"\t",
    b"|",
    b"---|---",
    b"> ",
    b"-- \n",
    b"From ada Mon Feb  3 10:00:00 2025\n",
    b"Content-Type: multipart/mixed; boundary=x\n\n--x\n",
    b"--x--\n",
    b"Content-Transfer-Encoding: base64\n",
    b"=?utf-8?q?",
    b"WARC/1.0\r\n",
    b"Content-Length: 99999999999\r\n\r\n",
    b"{\"html\":\"",
    b"\"}\n",
    b"Unsubscribe",
    b"\xe2\x80\x8b",
    b"\xe2\x80\xae",
    b"\xe6\x97\xa5\xe6\x9c\xac",
    b"\x1f\x8b\x08",
    b"unboil-m",
    b"(?:a*)*",
    b"[^a-\\d]",
    b"{2,9999}",
    b"(a|b|)+?",
    b"\\p{L}\\b",
    b" \xe2\x80\xa6 ",
    b":not(:has(a))",
    b"\xff\xff\x7f\x7f",
];

/// Bytes of an input at most.
const LONGEST: usize = 64 << 10;

/// Makes inputs.
#[derive(Debug)]
pub(crate) struct Mutator(u64);

impl Mutator {
    /// One that always makes the same inputs.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// Xorshift, 64 bits (Marsaglia 2003).
    fn random(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.random() % bound.max(1) as u64) as usize
    }

    /// The next input: one of the seeds, or nothing, changed in up to sixteen places.
    pub(crate) fn next(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut input = match self.below(8) {
            0 => Vec::new(),
            _ => seeds.get(self.below(seeds.len())).cloned().unwrap_or_default(),
        };
        input.truncate(LONGEST);
        for _ in 0..=self.below(16) {
            self.change(&mut input, seeds);
        }
        input.truncate(2 * LONGEST);
        input
    }

    fn change(&mut self, input: &mut Vec<u8>, seeds: &[Vec<u8>]) {
        let at = self.below(input.len() + 1);
        let length = self.below((input.len() - at).min(200) + 1);
        match self.below(8) {
            0 if at < input.len() => input[at] ^= 1 << self.below(8),
            1 => drop(input.drain(at..at + length)),
            2 => input.truncate(at),
            3 => {
                let piece = input[at..at + length].to_vec();
                let times = 1 << self.below(8);
                insert(input, at, &piece.repeat(times.min(1 + LONGEST / piece.len().max(1))));
            }
            4 => {
                let seed = seeds.get(self.below(seeds.len())).map_or(&[][..], Vec::as_slice);
                let from = self.below(seed.len() + 1);
                let to = from + self.below((seed.len() - from).min(2000) + 1);
                insert(input, at, &seed[from..to]);
            }
            5 => {
                let word = WORDS[self.below(WORDS.len())];
                let times = 1 << self.below(10);
                insert(input, at, &word.repeat(times));
            }
            _ => insert(input, at, WORDS[self.below(WORDS.len())]),
        }
    }
}

fn insert(input: &mut Vec<u8>, at: usize, piece: &[u8]) {
    drop(input.splice(at..at, piece.iter().copied()));
}
