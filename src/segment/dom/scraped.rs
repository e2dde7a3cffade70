//! The tree as scraper has it, for those who ask with selectors.

use ego_tree::NodeId as ScrapedId;
use html5ever::interface::QuirksMode;
use html5ever::{Attribute, LocalName, Namespace, Prefix, QualName, namespace_prefix, ns};
use scraper::node::{Comment, Doctype, Element, Text};
use scraper::{Html, Node};

use super::tree::{Content, NodeId, NodeRef, Quirks, Space, Tree};
use crate::hash::KeyMap;

/// The same tree, and which of its nodes is which.
pub(crate) fn scraped(tree: &Tree) -> (Html, KeyMap<ScrapedId, NodeId>) {
    let mut html = Html::new_document();
    html.quirks_mode = match tree.quirks {
        Quirks::No => QuirksMode::NoQuirks,
        Quirks::Limited => QuirksMode::LimitedQuirks,
        Quirks::Full => QuirksMode::Quirks,
    };
    let mut known = KeyMap::default();
    // The open nodes and their twins, outermost first.
    let mut open = vec![(tree.root().id(), html.tree.root().id())];
    for node in tree.root().descendants().skip(1) {
        let parent = node.parent().map(NodeRef::id);
        while open.len() > 1 && open.last().map(|(id, _)| *id) != parent {
            open.pop();
        }
        let Some(mut twin) = open.last().and_then(|(_, twin)| html.tree.get_mut(*twin)) else { continue };
        let id = twin.append(scraped_node(node)).id();
        known.insert(id, node.id());
        open.push((node.id(), id));
    }
    (html, known)
}

fn scraped_node(node: NodeRef<'_>) -> Node {
    match node.content() {
        Content::Text(text) => Node::Text(Text { text: text.into() }),
        Content::Element(_) => Node::Element(element(node)),
        Content::Fragment => Node::Fragment,
        // What they hold is not kept, and no selector asks for it.
        Content::Comment => Node::Comment(Comment { comment: "".into() }),
        Content::Document => Node::Document,
        Content::Doctype => Node::Doctype(Doctype { name: "".into(), public_id: "".into(), system_id: "".into() }),
    }
}

fn element(node: NodeRef<'_>) -> Element {
    let space = node.space();
    let (namespace, name) = match space {
        Space::Html => (ns!(html), node.name()),
        Space::Svg => (ns!(svg), with_capitals(node.name(), &SVG_ELEMENTS)),
        Space::MathMl => (ns!(mathml), node.name()),
    };
    let attributes = node
        .attributes()
        .map(|(name, value)| Attribute { name: attribute_name(node.name_of(name), space), value: value.into() });
    Element::new(QualName::new(None, namespace, LocalName::from(name)), attributes.collect())
}

/// The name of an attribute: in SVG and MathML some have capitals, and some a namespace.
fn attribute_name(name: &str, space: Space) -> QualName {
    let bare = |name: &str| QualName::new(None, ns!(), LocalName::from(name));
    let within = |prefix: Option<Prefix>, namespace: Namespace, name: &str| {
        QualName::new(prefix, namespace, LocalName::from(name))
    };
    if space == Space::Html {
        return bare(name);
    }
    match name {
        "xlink:actuate" | "xlink:arcrole" | "xlink:href" | "xlink:role" | "xlink:show" | "xlink:title"
        | "xlink:type" => {
            let local = name.strip_prefix("xlink:").unwrap_or(name);
            within(Some(namespace_prefix!("xlink")), ns!(xlink), local)
        }
        "xml:lang" | "xml:space" => {
            within(Some(namespace_prefix!("xml")), ns!(xml), name.strip_prefix("xml:").unwrap_or(name))
        }
        "xmlns" => within(Some(namespace_prefix!("")), ns!(xmlns), name),
        "xmlns:xlink" => within(Some(namespace_prefix!("xmlns")), ns!(xmlns), "xlink"),
        _ if space == Space::Svg => bare(with_capitals(name, &SVG_ATTRIBUTES)),
        "definitionurl" => bare("definitionURL"),
        _ => bare(name),
    }
}

/// A name as a list writes it with capitals.
fn with_capitals<'n>(name: &'n str, list: &[&'n str]) -> &'n str {
    list.iter().find(|known| known.eq_ignore_ascii_case(name)).copied().unwrap_or(name)
}

/// Elements of SVG with capitals in their names (section 13.2.6.5 of the HTML standard).
const SVG_ELEMENTS: [&str; 36] = [
    "altGlyph",
    "altGlyphDef",
    "altGlyphItem",
    "animateColor",
    "animateMotion",
    "animateTransform",
    "clipPath",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDistantLight",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feImage",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feSpotLight",
    "feTile",
    "feTurbulence",
    "foreignObject",
    "glyphRef",
    "linearGradient",
    "radialGradient",
    "textPath",
];

/// Attributes of SVG with capitals in their names (section 13.2.6.1).
const SVG_ATTRIBUTES: [&str; 58] = [
    "attributeName",
    "attributeType",
    "baseFrequency",
    "baseProfile",
    "calcMode",
    "clipPathUnits",
    "diffuseConstant",
    "edgeMode",
    "filterUnits",
    "glyphRef",
    "gradientTransform",
    "gradientUnits",
    "kernelMatrix",
    "kernelUnitLength",
    "keyPoints",
    "keySplines",
    "keyTimes",
    "lengthAdjust",
    "limitingConeAngle",
    "markerHeight",
    "markerUnits",
    "markerWidth",
    "maskContentUnits",
    "maskUnits",
    "numOctaves",
    "pathLength",
    "patternContentUnits",
    "patternTransform",
    "patternUnits",
    "pointsAtX",
    "pointsAtY",
    "pointsAtZ",
    "preserveAlpha",
    "preserveAspectRatio",
    "primitiveUnits",
    "refX",
    "refY",
    "repeatCount",
    "repeatDur",
    "requiredExtensions",
    "requiredFeatures",
    "specularConstant",
    "specularExponent",
    "spreadMethod",
    "startOffset",
    "stdDeviation",
    "stitchTiles",
    "surfaceScale",
    "systemLanguage",
    "tableValues",
    "targetX",
    "targetY",
    "textLength",
    "viewBox",
    "viewTarget",
    "xChannelSelector",
    "yChannelSelector",
    "zoomAndPan",
];
