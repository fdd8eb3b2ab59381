//! `declined graph`: the routes of a guide as a picture.
#![expect(clippy::disallowed_methods, reason = "this is the edge that prints")]

use std::io::{self, Write as _};

use anyhow::{Result, anyhow, bail};

use super::{DONE, Start, tell_ignored};
use crate::cli::{Global, GraphArgs};
use crate::graph::Graph;
use crate::guide::answer::{Facts, Given};
use crate::input;

pub(super) fn run(global: &Global, args: &GraphArgs) -> Result<u8> {
    let mut global = global.clone();
    if let Some(folder) = &args.dir {
        if global.guide.is_some() {
            bail!("the folder of the guide is named twice, by --guide and behind the command");
        }
        global.guide = Some(folder.clone());
    }
    if args.known.is_given() && !args.route {
        bail!("answers show a route; add --route");
    }
    let start = Start::read(&global, &args.known)?;
    let given = Given { flags: start.flags.clone(), ..Given::default() };
    let facts = Facts::new(&start.guide, &given, start.today);
    let graph = match &args.around {
        _ if args.route => {
            tell_ignored(&facts)?;
            Graph::route(&facts, start.tongue)
        }
        Some(id) => {
            let screen = input::find_screen(&start.guide, id).map_err(|wrong| anyhow!(wrong.line()))?;
            Graph::around(&facts, start.tongue, screen)
        }
        None => Graph::whole(&facts, start.tongue),
    };
    io::stdout().write_all(graph.written(args.format).as_bytes())?;
    Ok(DONE)
}
