//! What is said about an act rather than by it.

use super::super::link::reference;
use super::Document;
use super::given::{Direction, Modification};
use crate::doc_type::DocType;
use crate::node::Node;
use kernel::text::slugify;
use time::Date;

/// Who has made the metadata.
const SOURCE: (&str, Option<&str>) = ("source", Some("#source"));

/// One of work, expression and manifestation.
struct Level<'l> {
    this: &'l str,
    whole: &'l str,
    title: Option<&'l str>,
    day: &'l str,
}

impl Document<'_> {
    pub(super) fn meta(&mut self) {
        self.xml.line();
        self.xml.open("meta", &[]);
        self.identification("main", self.source.read.header.title.as_deref());
        self.publication();
        self.lifecycle();
        self.analysis();
        self.temporal();
        self.references();
        self.xml.close();
    }

    /// An attachment is a component of the act: its metadata say no more than which one.
    pub(super) fn meta_of_attachment(&mut self, node: &Node) {
        self.xml.line();
        self.xml.open("meta", &[]);
        self.identification(&node.eid, node.heading.as_deref());
        self.xml.close();
    }

    fn identification(&mut self, component: &str, title: Option<&str>) {
        let address = self.address.clone();
        let author = if self.source.read.header.issuer.is_some() { "#issuer" } else { "" };
        self.xml.open("identification", &[SOURCE]);

        self.xml.open("FRBRWork", &[]);
        let this = format!("{}/!{component}", address.work);
        self.level(&Level { this: &this, whole: &address.work, title, day: &address.issued }, author);
        self.value("FRBRcountry", "vn");
        let header = &self.source.read.header;
        if let Some(kind) = header.doc_type.as_deref() {
            self.value("FRBRsubtype", kind);
        }
        if let Some(number) = header.number.as_deref() {
            self.value("FRBRnumber", number);
        }
        if let Some(name) = self.name() {
            self.value("FRBRname", &name);
        }
        self.xml.close();

        self.xml.open("FRBRExpression", &[]);
        let this = format!("{}/!{component}", address.expression);
        self.level(&Level { this: &this, whole: &address.expression, title: None, day: &address.worded }, author);
        self.xml.empty("FRBRlanguage", &[("language", Some("vie"))]);
        self.xml.close();

        self.xml.open("FRBRManifestation", &[]);
        let (this, whole) = (format!("{}/!{component}.xml", address.expression), format!("{}.akn", address.expression));
        self.level(&Level { this: &this, whole: &whole, title: None, day: &address.worded }, "#source");
        self.value("FRBRformat", "application/akn+xml");
        self.xml.close();
        self.xml.close();
    }

    fn level(&mut self, level: &Level<'_>, author: &str) {
        self.value("FRBRthis", level.this);
        self.value("FRBRuri", level.whole);
        if let Some(title) = level.title {
            self.xml.empty("FRBRalias", &[("value", Some(title)), ("name", Some("title"))]);
        }
        self.xml.empty("FRBRdate", &[("date", Some(level.day)), ("name", Some("Generation"))]);
        self.xml.empty("FRBRauthor", &[("href", Some(author))]);
    }

    fn value(&mut self, name: &'static str, value: &str) {
        self.xml.empty(name, &[("value", Some(value))]);
    }

    /// `Quyết định số 12/2031/QĐ-UBND`
    fn name(&self) -> Option<String> {
        let header = &self.source.read.header;
        let kind = DocType::by_slug(header.doc_type.as_deref()?)?.name;
        Some(format!("{kind} số {}", header.number.as_deref()?))
    }

    fn publication(&mut self) {
        let Some(gazette) = self.given.gazette else { return };
        let day = gazette.date.to_string();
        let attributes = [
            ("date", Some(day.as_str())),
            ("name", Some(gazette.name)),
            ("showAs", Some(gazette.name)),
            ("number", gazette.number),
        ];
        self.xml.empty("publication", &attributes);
    }

    /// When it was made, and from when to when it holds.
    fn lifecycle(&mut self) {
        let days = self.days();
        if days.is_empty() {
            return;
        }
        self.xml.open("lifecycle", &[SOURCE]);
        for (id, day, kind) in days {
            let attributes =
                [("eId", Some(id.as_str())), ("date", Some(day.as_str())), ("source", Some("#issuer")), ("type", kind)];
            self.xml.empty("eventRef", &attributes);
        }
        self.xml.close();
    }

    fn days(&self) -> Vec<(String, String, Option<&'static str>)> {
        let event = |id: &str, day: Date, kind| (format!("event-{id}"), day.to_string(), kind);
        let issued = self.source.read.header.issued_on.map(|day| event("issued", day, Some("generation")));
        let effective = self.effective_on().map(|day| event("effective", day, None));
        let amended = self.given.amended_on.iter().zip(1..);
        let amended = amended.map(|(day, at)| event(&format!("amended-{at}"), *day, Some("amendment")));
        let expired = self.expires_on().map(|day| event("expired", day, Some("repeal")));
        issued.into_iter().chain(effective).chain(amended).chain(expired).collect()
    }

    fn effective_on(&self) -> Option<Date> {
        self.given.effective_on.or(self.source.read.header.effective_on)
    }

    fn expires_on(&self) -> Option<Date> {
        self.given.expires_on.or(self.source.read.header.expires_on)
    }

    fn analysis(&mut self) {
        if self.given.modifications.is_empty() {
            return;
        }
        let (active, passive): (Vec<&Modification<'_>>, Vec<_>) =
            self.given.modifications.iter().partition(|change| change.direction == Direction::Active);
        self.xml.open("analysis", &[SOURCE]);
        let mut count = 0;
        for (name, changes) in [("activeModifications", active), ("passiveModifications", passive)] {
            if changes.is_empty() {
                continue;
            }
            self.xml.open(name, &[]);
            for change in changes {
                count += 1;
                self.modification(change, &format!("mod-{count}"));
            }
            self.xml.close();
        }
        self.xml.close();
    }

    fn modification(&mut self, change: &Modification<'_>, id: &str) {
        let end = |xml: &mut super::Xml, name, address: &str| {
            let href = reference(address).unwrap_or_default();
            xml.empty(name, &[("href", Some(&href))]);
        };
        self.xml.open("textualMod", &[("eId", Some(id)), ("type", Some(change.kind.as_str()))]);
        end(&mut self.xml, "source", change.source);
        end(&mut self.xml, "destination", change.destination);
        if let Some(new) = change.new {
            end(&mut self.xml, "new", new);
        }
        self.xml.close();
    }

    /// The time it holds, between the events of its lifecycle.
    fn temporal(&mut self) {
        let (effective_on, expires_on) = (self.effective_on(), self.expires_on());
        if effective_on.is_none() && expires_on.is_none() {
            return;
        }
        let start = effective_on.map(|_| "#event-effective");
        let end = expires_on.map(|_| "#event-expired");
        self.xml.open("temporalData", &[SOURCE]);
        self.xml.open("temporalGroup", &[("eId", Some("period-of-force"))]);
        self.xml.empty("timeInterval", &[("start", start), ("end", end), ("refersTo", Some("#in-force"))]);
        self.xml.close();
        self.xml.close();
    }

    fn references(&mut self) {
        let header = &self.source.read.header;
        self.xml.open("references", &[SOURCE]);
        self.term("TLCOrganization", "source", ("organization", "Congkhai"));
        if let Some(issuer) = &header.issuer {
            self.term("TLCOrganization", "issuer", ("organization", issuer));
        }
        if let Some(signer) = &header.signer_name {
            self.term("TLCPerson", "signer", ("person", signer));
        }
        if let Some(role) = &header.signer_title {
            self.term("TLCRole", "signer-role", ("role", role));
        }
        if header.effective_on.is_some() || header.expires_on.is_some() {
            self.term("TLCConcept", "in-force", ("concept", "Có hiệu lực"));
        }
        self.xml.close();
    }

    fn term(&mut self, name: &'static str, id: &str, (class, shown): (&str, &str)) {
        let href = format!("/akn/ontology/{class}/vn/{}", slugify(shown));
        self.xml.empty(name, &[("eId", Some(id)), ("href", Some(&href)), ("showAs", Some(shown))]);
    }
}
