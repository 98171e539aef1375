//! A graph as Turtle.

use super::graph::{Node, PREFIXES, Said};
use std::fmt::Write;

pub(super) fn print(graph: &[Node]) -> String {
    let mut out = String::new();
    // Writing to memory does not fail.
    for (prefix, of) in PREFIXES {
        let _ = writeln!(out, "@prefix {prefix}: <{of}> .");
    }
    for node in graph {
        let _ = write!(out, "\n<{}> a {}", node.address, node.kind);
        for (name, said) in &node.said {
            let _ = write!(out, " ;\n    {name} ");
            let _ = match said {
                Said::Resource(address) => write!(out, "<{address}>"),
                Said::Words(words, lang) => write!(out, "\"{}\"@{lang}", escaped(words)),
                Said::Moment(moment) => write!(out, "\"{}\"^^xsd:dateTime", escaped(moment)),
            };
        }
        out.push_str(" .\n");
    }
    out
}

/// Text between quotation marks.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cannot_break_out() {
        let printed = print(&super::super::graph::sample());
        let wanted = "<http://a.example/dcat#x> a dcat:Dataset ;\n    dct:title \"Hai \\\"dòng\\\"\\nvà \\\\ \\u0007 <a>\"@vi ;\n    \
                      dct:title \"Two\"@en ;\n    dct:license <http://b.example/%3Cevil%3E%20%22x%22#y> ;\n    \
                      dct:modified \"2026-11-22T03:00:00Z\"^^xsd:dateTime .\n\n<http://a.example/dcat#y> a foaf:Agent .\n";
        assert!(printed.ends_with(wanted), "{printed}");
    }
}
