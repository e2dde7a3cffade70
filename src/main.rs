//! The command: arguments to exit code.

fn main() {}
