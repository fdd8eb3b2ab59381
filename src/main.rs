//! Parses the arguments, runs the command, tells the error.

use std::process::ExitCode;

fn main() -> ExitCode {
    declined::main()
}
