//! Numbers of provisions, to be compared with those beside them.

use crate::node::{Kind, Node};
use crate::structure::number::{Num, letter_follows, order};

/// Letters of points and of inserted provisions.
const LETTERS: &str = "abcdđefghijklmnopqrstuvwxyz";

/// The number of a provision, to be compared with those beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    /// Of an article or clause.
    Figure(Num),
    /// Of a point: the place of its letter, and the figure put after it.
    Letter(usize, u32),
    Other,
}

impl Number {
    pub fn of(node: &Node) -> Self {
        node.num.as_deref().map_or(Self::Other, |num| Self::read(num, node.kind))
    }

    pub fn read(num: &str, kind: Kind) -> Self {
        match kind {
            Kind::Article | Kind::Clause => Num::parse(num).map_or(Self::Other, Self::Figure),
            Kind::Point => {
                let mut letters = num.chars();
                let Some(letter) = letters.next().and_then(order) else { return Self::Other };
                match letters.as_str() {
                    "" => Self::Letter(letter, 0),
                    figure => figure.parse().map_or(Self::Other, |figure| Self::Letter(letter, figure)),
                }
            }
            _ => Self::Other,
        }
    }

    /// Whether it may stand right after another, in an act to which provisions have been added.
    pub fn may_follow(self, before: Self) -> bool {
        match (self, before) {
            (Self::Figure(own), Self::Figure(before)) => own.follows(before) || own.figure == before.figure && own != before,
            (Self::Letter(own, figure), Self::Letter(before, other)) => {
                figure == 0 && letter_follows(own, before) || own == before && figure != other
            }
            _ => false,
        }
    }

    /// The numbers that may stand right before it, the nearest first.
    pub fn predecessors(self) -> Vec<String> {
        match self {
            Self::Figure(Num { figure, letter: 0 }) => {
                figure.checked_sub(1).map(|before| before.to_string()).into_iter().collect()
            }
            Self::Figure(Num { figure, letter }) => {
                let letters = LETTERS.chars().take(letter.saturating_sub(1)).collect::<Vec<char>>();
                letters.iter().rev().map(|c| format!("{figure}{c}")).chain([figure.to_string()]).collect()
            }
            Self::Letter(letter, 0) => {
                let before = LETTERS.chars().enumerate().filter(|(at, _)| letter_follows(letter, *at));
                let mut before: Vec<String> = before.map(|(_, c)| c.to_string()).collect();
                before.reverse();
                before
            }
            Self::Letter(letter, figure) => {
                let Some(c) = LETTERS.chars().nth(letter) else { return Vec::new() };
                (1..figure.min(100)).rev().map(|figure| format!("{c}{figure}")).chain([c.to_string()]).collect()
            }
            Self::Other => Vec::new(),
        }
    }

    /// Whether it may be the first.
    pub fn may_begin(self) -> bool {
        match self {
            Self::Figure(own) => own.figure == 1,
            Self::Letter(own, _) => own == 0,
            Self::Other => false,
        }
    }

    /// Whether it stands before another in order.
    pub fn is_before(self, other: Self) -> bool {
        match (self, other) {
            (Self::Figure(own), Self::Figure(other)) => own < other,
            (Self::Letter(own, figure), Self::Letter(other, others)) => (own, figure) < (other, others),
            _ => false,
        }
    }
}
