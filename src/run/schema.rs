//! `declined schema`: the JSON Schema of a guide's files.
#![expect(clippy::disallowed_methods, reason = "this is the edge that prints")]

use std::io::{self, Write as _};

use anyhow::Result;

use super::{DONE, target};
use crate::cli::SchemaArgs;
use crate::export::pretty;
use crate::schema::schema;

pub(super) fn run(args: &SchemaArgs) -> Result<u8> {
    let target = args.output.as_deref().map(|path| target(path, Some(args.force))).transpose()?;
    let out = pretty(&schema())?;
    match target {
        Some(target) => target.write(&out)?,
        None => io::stdout().write_all(out.as_bytes())?,
    }
    Ok(DONE)
}
