//! JSON-LD: the objects by which a page describes itself, from scripts that are often not quite JSON.
//!
//! Input is the text of each script, output is what the objects at the top say, in document order. Objects deeper down
//! (reviews, related stories, breadcrumbs) describe other things and are left alone. The walk is iterative; depth is
//! bounded by the parser, and the number of values by [`VALUES`].

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{clean, repair};

/// Values visited per page. A page with ten thousand offers still says what it is at the top.
const VALUES: usize = 100_000;

/// Names read from one property.
const NAMES: usize = 50;

/// Values visited for the names of one property.
const NAME_VALUES: usize = 1000;

/// What an object describes, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// An article, a blog post, a recipe, a report.
    Article,
    /// A post in a forum, a question.
    Posting,
    /// A product, an event, a film: a thing with a name of its own.
    Thing,
    /// The page as such.
    Page,
}

/// What one object says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    /// What it describes.
    pub class: Class,
    /// `headline`, or else `name`.
    pub title: Option<String>,
    /// Names of `author`, or else of `creator`.
    pub authors: Vec<String>,
    /// `datePublished`, or else `uploadDate`, `dateCreated`; as written.
    pub published: Option<String>,
    /// `inLanguage`.
    pub language: Option<String>,
    /// Name of `publisher`.
    pub publisher: Option<String>,
    /// `url`, or else the address in `mainEntityOfPage` or `@id`.
    pub url: Option<String>,
}

/// What all scripts of a page say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct LinkedData {
    /// Descriptions, in document order.
    pub items: Vec<Item>,
    /// Name of the `WebSite`.
    pub site: Option<String>,
    /// Name of the first organisation at the top.
    pub organisation: Option<String>,
}

/// Names of objects by their `@id`.
type Names<'v> = BTreeMap<&'v str, &'v Value>;

/// Reads the scripts.
pub(super) fn read(scripts: &[String]) -> LinkedData {
    let values: Vec<Value> = scripts.iter().flat_map(|script| repair::parse(script)).collect();
    let names = index(&values);
    let mut data = LinkedData::default();
    let mut stack: Vec<&Value> = values.iter().rev().collect();
    let mut visited = 0;
    while let Some(value) = stack.pop() {
        visited += 1;
        if visited > VALUES {
            break;
        }
        match value {
            Value::Array(list) => stack.extend(list.iter().rev()),
            Value::Object(object) => {
                data.add(object, &names);
                let inner =
                    ["mainEntityOfPage", "mainEntity", "@graph"].into_iter().filter_map(|key| property(object, key));
                stack.extend(inner.filter(|value| !value.is_string()));
            }
            _ => {}
        }
    }
    data
}

impl LinkedData {
    fn add(&mut self, object: &Map<String, Value>, names: &Names<'_>) {
        let kinds = types(object);
        let name = || text(property(object, "name")).filter(|name| !name.is_empty());
        if kinds.contains(&"WebSite") {
            self.site = self.site.take().or_else(name);
        } else if kinds.iter().any(|kind| kind.ends_with("Organization") || *kind == "Corporation") {
            self.organisation = self.organisation.take().or_else(name);
        } else if let Some(class) = class(&kinds, object) {
            self.items.push(item(class, object, names));
        }
    }
}

/// The objects that have a name, by `@id`, so that `{"@id": "#jane"}` can be followed.
fn index(values: &[Value]) -> Names<'_> {
    let mut names = Names::new();
    let mut stack: Vec<&Value> = values.iter().collect();
    let mut visited = 0;
    while let Some(value) = stack.pop() {
        visited += 1;
        if visited > VALUES {
            break;
        }
        match value {
            Value::Array(list) => stack.extend(list),
            Value::Object(object) => {
                if let (Some(Value::String(id)), Some(name)) = (object.get("@id"), property(object, "name")) {
                    names.entry(id).or_insert(name);
                }
                stack.extend(object.values());
            }
            _ => {}
        }
    }
    names
}

/// A property, with or without the vocabulary's prefix.
fn property<'v>(object: &'v Map<String, Value>, key: &str) -> Option<&'v Value> {
    object.get(key).or_else(|| object.get(&format!("schema:{key}"))).filter(|value| !value.is_null())
}

/// The types, without prefix or address.
fn types(object: &Map<String, Value>) -> Vec<&str> {
    let all: &[Value] = match object.get("@type") {
        Some(Value::Array(list)) => list,
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    all.iter().filter_map(Value::as_str).filter_map(|name| name.rsplit(['/', ':', '#']).next()).take(NAMES).collect()
}

/// What an object of these schema.org types describes; `None` for one that says nothing about the page.
fn class(kinds: &[&str], object: &Map<String, Value>) -> Option<Class> {
    if kinds.is_empty() {
        let both = property(object, "headline").is_some() && property(object, "datePublished").is_some();
        return both.then_some(Class::Article);
    }
    kinds.iter().filter_map(|kind| class_of(kind)).min()
}

fn class_of(kind: &str) -> Option<Class> {
    match kind {
        "BlogPosting" | "LiveBlogPosting" | "Report" | "Recipe" | "HowTo" | "AnalysisNewsArticle" | "Guide" => {
            Some(Class::Article)
        }
        "DiscussionForumPosting" | "SocialMediaPosting" | "Question" => Some(Class::Posting),
        "Product"
        | "ProductGroup"
        | "IndividualProduct"
        | "ProductModel"
        | "Vehicle"
        | "Car"
        | "Book"
        | "Movie"
        | "TVEpisode"
        | "TVSeries"
        | "Event"
        | "Course"
        | "JobPosting"
        | "SoftwareApplication"
        | "WebApplication"
        | "MobileApplication"
        | "VideoGame"
        | "VideoObject"
        | "AudioObject"
        | "PodcastEpisode"
        | "PodcastSeries"
        | "Dataset"
        | "CreativeWork"
        | "Service"
        | "Review"
        | "Place"
        | "LodgingBusiness"
        | "Hotel"
        | "Restaurant"
        | "SoftwareSourceCode" => Some(Class::Thing),
        kind if kind.ends_with("Article") => Some(Class::Article),
        kind if kind.ends_with("Page") => Some(Class::Page),
        _ => None,
    }
}

fn item(class: Class, object: &Map<String, Value>, names: &Names<'_>) -> Item {
    let get = |keys: &[&str]| keys.iter().find_map(|key| text(property(object, key)).filter(|text| !text.is_empty()));
    let people = |key| property(object, key).map(|value| people(value, names)).filter(|found| !found.is_empty());
    Item {
        class,
        title: get(&["headline", "name"]),
        authors: people("author").or_else(|| people("creator")).unwrap_or_default(),
        published: get(&["datePublished", "uploadDate", "dateCreated"]),
        language: get(&["inLanguage"]),
        publisher: people("publisher").and_then(|found| found.into_iter().next()),
        url: get(&["url", "mainEntityOfPage", "@id"]),
    }
}

/// A value as one line: a string, the first of a list, or what an object says it is.
fn text(value: Option<&Value>) -> Option<String> {
    let mut value = value?;
    // An object in a list in an object is as deep as pages go; each step goes one level down.
    for _ in 0..4 {
        value = match value {
            Value::String(text) => return Some(clean::line(text)),
            Value::Number(number) => return Some(number.to_string()),
            Value::Array(list) => list.first()?,
            Value::Object(object) => {
                ["@value", "alternateName", "name", "@id"].iter().find_map(|key| object.get(*key))?
            }
            _ => return None,
        };
    }
    None
}

/// The names of people or organisations, in order, each once.
fn people(value: &Value, names: &Names<'_>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut stack = vec![value];
    let mut visited = 0;
    while let Some(value) = stack.pop() {
        visited += 1;
        if visited > NAME_VALUES || found.len() >= NAMES {
            break;
        }
        match value {
            Value::String(text) => {
                let name = clean::line(text);
                if !name.is_empty() && !found.contains(&name) {
                    found.push(name);
                }
            }
            Value::Array(list) => stack.extend(list.iter().rev()),
            Value::Object(object) => stack.extend(name_of(object, names)),
            _ => {}
        }
    }
    found
}

/// Where the name of a person's object stands.
fn name_of<'v>(object: &'v Map<String, Value>, names: &Names<'v>) -> Option<&'v Value> {
    let own = ["name", "@list", "@value"].iter().find_map(|key| property(object, key));
    own.or_else(|| names.get(object.get("@id")?.as_str()?).copied())
}
