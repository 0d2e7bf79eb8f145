//! What a model says of its own elements: IDs that are there more than once, and references to none.
//!
//! Two activities of one ID can't be told apart when events are mapped to them: that is an error. All else is a
//! warning, since well-known tools export it.

use std::collections::{BTreeMap, HashSet};

use roxmltree::{Document, Node};

use super::{MODEL_NAMESPACE, refusal};
use crate::error::Result;

/// The namespaces whose elements have IDs of the model: of the others nobody knows what their `id` is.
const NAMESPACES: &[&str] = &[
    MODEL_NAMESPACE,
    "http://www.omg.org/spec/BPMN/20100524/DI",
    "http://www.omg.org/spec/DD/20100524/DI",
    "http://www.omg.org/spec/DD/20100524/DC",
];

/// What events are mapped to, and sequence flows lead to.
const FLOW_NODES: &[&str] = &[
    "task",
    "userTask",
    "manualTask",
    "serviceTask",
    "scriptTask",
    "sendTask",
    "receiveTask",
    "businessRuleTask",
    "callActivity",
    "subProcess",
    "adHocSubProcess",
    "transaction",
    "startEvent",
    "endEvent",
    "boundaryEvent",
    "intermediateCatchEvent",
    "intermediateThrowEvent",
    "implicitThrowEvent",
    "event",
    "exclusiveGateway",
    "inclusiveGateway",
    "parallelGateway",
    "complexGateway",
    "eventBasedGateway",
    "choreographyTask",
    "subChoreography",
    "callChoreography",
];

/// Attributes that name an element of the model.
const ATTRIBUTES: &[&str] = &[
    "sourceRef",
    "targetRef",
    "default",
    "attachedToRef",
    "bpmnElement",
    "processRef",
    "messageRef",
    "signalRef",
    "errorRef",
    "escalationRef",
    "operationRef",
    "activityRef",
    "itemSubjectRef",
    "dataObjectRef",
    "dataStoreRef",
    "categoryValueRef",
    "initiatingParticipantRef",
    "sourceElement",
    "targetElement",
    "choreographyActivityShape",
    "correlationPropertyRef",
];

/// Elements whose text names an element of the model.
const ELEMENTS: &[&str] = &[
    "incoming",
    "outgoing",
    "flowNodeRef",
    "sourceRef",
    "targetRef",
    "participantRef",
    "messageFlowRef",
    "eventDefinitionRef",
    "dataInputRefs",
    "dataOutputRefs",
    "inMessageRef",
    "outMessageRef",
    "messageRef",
    "operationRef",
    "innerParticipantRef",
    "outerParticipantRef",
    "loopDataInputRef",
    "loopDataOutputRef",
    "correlationPropertyRef",
    "source",
    "target",
];

/// How many of a kind a text names; the others are counted.
const NAMED: usize = 3;
/// How much of an ID a text shows.
const LONGEST_ID: usize = 80;

/// Gives warnings.
///
/// # Errors
/// If an activity, an event or a gateway has the ID of another element, or if two processes have the same one.
pub(super) fn check(document: &Document<'_>) -> Result<Vec<String>> {
    let elements = own_elements(document);
    let (ambiguous, repeated): (Vec<_>, Vec<_>) = repeated(&elements).partition(|id| id.is_ambiguous());
    if !ambiguous.is_empty() {
        let message = format!("The BPMN model has an ID more than once: {}.", listed(&ambiguous, document));
        return Err(refusal::error(
            message,
            "Give every element an ID of its own, or export the model again",
        ));
    }
    let known: HashSet<&str> = document.descendants().filter_map(|node| node.attribute("id")).collect();
    let space = document.root_element().attribute("targetNamespace");
    let dangling =
        elements.iter().flat_map(|node| references(*node)).filter(|own| own.is_dangling(&known, space));
    let (flows, others): (Vec<_>, Vec<_>) = dangling.partition(|reference| reference.is_end_of_flow());
    let found = [
        ("has sequence flows with an end missing", listed(&flows, document)),
        ("refers to elements that are not there", listed(&others, document)),
        ("has an ID more than once", listed(&repeated, document)),
    ];
    let found = found.into_iter().filter(|(_, found)| !found.is_empty());
    Ok(found.map(|(what, found)| format!("The BPMN model {what}: {found}.")).collect())
}

/// The elements of BPMN in their order, without what tools add to them.
fn own_elements<'a>(document: &'a Document<'a>) -> Vec<Node<'a, 'a>> {
    let (mut own, mut open) = (Vec::new(), vec![document.root_element()]);
    while let Some(node) = open.pop() {
        if node.has_tag_name((MODEL_NAMESPACE, "extensionElements")) {
            continue;
        }
        if node.tag_name().namespace().is_some_and(|namespace| NAMESPACES.contains(&namespace)) {
            own.push(node);
        }
        open.extend(node.children().rev().filter(Node::is_element));
    }
    own
}

/// What a text names, with its line.
trait Named {
    fn describe(&self, document: &Document<'_>) -> String;
}

/// The first ones, and how many more there are.
fn listed(items: &[impl Named], document: &Document<'_>) -> String {
    let mut named: Vec<_> = items.iter().take(NAMED).map(|item| item.describe(document)).collect();
    if items.len() > NAMED {
        named.push(format!("and {} more", items.len() - NAMED));
    }
    named.join(", ")
}

/// An element, as a text names it.
fn element(node: Node<'_, '_>, document: &Document<'_>) -> String {
    let line = document.text_pos_at(node.range().start).row;
    format!("<{}> in line {line}", node.tag_name().name())
}

fn shortened(id: &str) -> String {
    id.chars().take(LONGEST_ID).collect()
}

/// An ID, and the elements that have it.
struct RepeatedId<'a> {
    id: &'a str,
    holders: Vec<Node<'a, 'a>>,
}

fn repeated<'a>(elements: &[Node<'a, 'a>]) -> impl Iterator<Item = RepeatedId<'a>> {
    let mut holders: BTreeMap<&str, Vec<Node<'a, 'a>>> = BTreeMap::new();
    for node in elements {
        if let Some(id) = node.attribute("id") {
            holders.entry(id).or_default().push(*node);
        }
    }
    let all = holders.into_iter().map(|(id, holders)| RepeatedId { id, holders });
    all.filter(|repeated| repeated.holders.len() > 1)
}

impl RepeatedId<'_> {
    /// Whether events may be mapped to more than one element of this ID. Its shape in a diagram is none of them.
    fn is_ambiguous(&self) -> bool {
        let of_model =
            self.holders.iter().map(Node::tag_name).filter(|tag| tag.namespace() == Some(MODEL_NAMESPACE));
        let names: Vec<_> = of_model.map(|tag| tag.name()).collect();
        let has_flow_node = names.iter().any(|name| FLOW_NODES.contains(name));
        let processes = names.iter().filter(|name| **name == "process").count();
        (names.len() > 1 && has_flow_node) || processes > 1
    }
}

impl Named for RepeatedId<'_> {
    fn describe(&self, document: &Document<'_>) -> String {
        let holders: Vec<_> = self.holders.iter().take(NAMED).map(|node| element(*node, document)).collect();
        format!("'{}' of {}", shortened(self.id), holders.join(" and "))
    }
}

/// The ID that an element names, in one of its attributes or in the text of a child.
struct Reference<'a> {
    owner: Node<'a, 'a>,
    name: &'a str,
    id: &'a str,
}

fn references<'a>(node: Node<'a, 'a>) -> impl Iterator<Item = Reference<'a>> {
    let attributes = node.attributes().filter(|attribute| attribute.namespace().is_none());
    let in_attributes = attributes.map(move |attribute| (node, attribute.name(), attribute.value()));
    let in_text =
        node.parent().zip(node.text()).map(|(parent, text)| (parent, node.tag_name().name(), text.trim()));
    let of_attributes = in_attributes.filter(|(_, name, _)| ATTRIBUTES.contains(name));
    let of_text = in_text.into_iter().filter(|(_, name, _)| ELEMENTS.contains(name));
    let all = of_attributes.chain(of_text).chain(missing_ends(node));
    all.map(|(owner, name, id)| Reference { owner, name, id })
}

/// The ends that a sequence flow should have, as references to an empty ID.
fn missing_ends<'a>(node: Node<'a, 'a>) -> impl Iterator<Item = (Node<'a, 'a>, &'a str, &'a str)> {
    let is_flow = node.has_tag_name((MODEL_NAMESPACE, "sequenceFlow"));
    ["sourceRef", "targetRef"]
        .into_iter()
        .filter(move |name| is_flow && !node.has_attribute(*name))
        .map(move |name| (node, name, ""))
}

impl Reference<'_> {
    fn is_dangling(&self, known: &HashSet<&str>, target_namespace: Option<&str>) -> bool {
        if known.contains(self.id) || (self.id.is_empty() && !self.is_end_of_flow()) {
            return false;
        }
        let Some((prefix, local)) = self.id.split_once(':') else { return true };
        // What another namespace has is imported.
        let namespace = self.owner.lookup_namespace_uri(Some(prefix));
        let is_own = namespace.is_none() || namespace == target_namespace;
        is_own && !known.contains(local)
    }

    fn is_end_of_flow(&self) -> bool {
        self.owner.has_tag_name((MODEL_NAMESPACE, "sequenceFlow"))
            && matches!(self.name, "sourceRef" | "targetRef")
    }
}

impl Named for Reference<'_> {
    fn describe(&self, document: &Document<'_>) -> String {
        let owner = element(self.owner, document);
        match self.id {
            "" => format!("no {} of {owner}", self.name),
            id => format!("{} '{}' of {owner}", self.name, shortened(id)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of a model with this in its process, and this after it.
    fn checked(inside: &str, after: &str) -> Result<Vec<String>> {
        let text = format!(
            "<definitions xmlns='{MODEL_NAMESPACE}' xmlns:di='http://www.omg.org/spec/BPMN/20100524/DI' \
             xmlns:own='urn:own' xmlns:other='urn:other' xmlns:v='urn:vendor' targetNamespace='urn:own'>\n\
             <process id='P'>\n{inside}\n</process>\n{after}\n</definitions>"
        );
        check(&Document::parse(&text).unwrap())
    }

    fn warnings(inside: &str, after: &str) -> String {
        checked(inside, after).unwrap().join("\n")
    }

    #[test]
    fn check_sound_model_is_silent() {
        let inside = "<startEvent id='S'><outgoing>f</outgoing></startEvent>\n\
             <task id='T' default='f'><incoming> f </incoming></task>\n\
             <sequenceFlow id='f' sourceRef='S' targetRef='T'/>";
        let after = "<collaboration id='C'><participant id='A' processRef='own:P'/>\
             <participant id='B' processRef='other:Q'/></collaboration>\
             <di:BPMNPlane bpmnElement='C'><di:BPMNShape id='T_shape' bpmnElement='own:T'/></di:BPMNPlane>";
        assert_eq!(warnings(inside, after), "");
        let vendor = "<task id='T'><extensionElements><v:f id='amount' messageRef='x'/><v:f id='amount'/>\
             </extensionElements></task><task id='U'><v:field id='T' sourceRef='x'/></task>";
        assert_eq!(warnings(vendor, ""), "", "what tools add is their own");
    }

    #[test]
    fn check_id_of_two_activities_is_refused_with_its_lines() {
        for (inside, after, words) in [
            ("<task id='T'/>\n<userTask id='T'/>", "", "'T' of <task> in line 3 and <userTask> in line 4"),
            (
                "<task id='T'/>\n<subProcess id='S'>\n<task id='T'/></subProcess>",
                "",
                "'T' of <task> in line 3 and <task> in line 5",
            ),
            ("<endEvent id='E'/><sequenceFlow id='E' sourceRef='E' targetRef='E'/>", "", "'E' of <endEvent>"),
            ("<task id='P'/>", "", "'P' of <process> in line 2 and <task> in line 3"),
            ("", "<process id='P'/>", "'P' of <process> in line 2 and <process> in line 5"),
        ] {
            let error = checked(inside, after).unwrap_err();
            assert_eq!(error.code(), "INVALID_BPMN");
            assert!(error.message().contains(words), "{error}");
            assert!(error.hint().unwrap().contains("ID of its own"), "{error}");
        }
        let many: String = (0..9).map(|n| format!("<task id='T{n}'/><task id='T{n}'/>")).collect();
        let message = checked(&many, "").unwrap_err().message().to_owned();
        assert!(
            message.contains("'T2'") && message.contains("and 6 more") && !message.contains("'T3'"),
            "{message}"
        );
    }

    #[test]
    fn check_other_repeated_id_is_a_warning() {
        for (inside, after, words) in [
            ("<laneSet id='L'/><laneSet id='L'/>", "", "'L' of <laneSet> in line 3 and <laneSet> in line 3"),
            ("", "<globalTask id='P'/>", "'P' of <process> in line 2 and <globalTask> in line 5"),
            (
                "<task id='T'/>",
                "<di:BPMNShape id='T' bpmnElement='T'/>",
                "'T' of <task> in line 3 and <BPMNShape>",
            ),
        ] {
            let warnings = warnings(inside, after);
            assert!(warnings.contains("has an ID more than once") && warnings.contains(words), "{warnings}");
        }
    }

    #[test]
    fn check_sequence_flow_to_nothing_is_a_warning_of_its_own() {
        for (flow, words) in [
            (
                "<sequenceFlow id='f' sourceRef='T' targetRef='gone'/>",
                "targetRef 'gone' of <sequenceFlow> in line 4",
            ),
            (
                "<sequenceFlow id='f' sourceRef='gone' targetRef='T'/>",
                "sourceRef 'gone' of <sequenceFlow> in line 4",
            ),
            ("<sequenceFlow id='f' sourceRef='T'/>", "no targetRef of <sequenceFlow> in line 4"),
            ("<sequenceFlow id='f' sourceRef='' targetRef='T'/>", "no sourceRef of <sequenceFlow> in line 4"),
        ] {
            let warnings = warnings(&format!("<task id='T'/>\n{flow}"), "");
            assert!(
                warnings.starts_with("The BPMN model has sequence flows") && warnings.contains(words),
                "{warnings}"
            );
        }
    }

    #[test]
    fn check_reference_to_nothing_is_a_warning() {
        for (inside, after, words) in [
            ("<task id='T'><incoming>gone</incoming></task>", "", "incoming 'gone' of <task> in line 3"),
            ("<boundaryEvent id='B' attachedToRef='gone'/>", "", "attachedToRef 'gone' of <boundaryEvent>"),
            ("<exclusiveGateway id='G' default='gone'/>", "", "default 'gone' of <exclusiveGateway>"),
            ("<sendTask id='T' messageRef='own:gone'/>", "", "messageRef 'own:gone' of <sendTask>"),
            ("<sendTask id='T' messageRef='nobody:gone'/>", "", "messageRef 'nobody:gone'"),
            (
                "<laneSet id='L'><lane id='l'><flowNodeRef>gone</flowNodeRef></lane></laneSet>",
                "",
                "flowNodeRef 'gone' of <lane>",
            ),
            (
                "",
                "<collaboration id='C'><participant id='A' processRef='gone'/></collaboration>",
                "processRef 'gone' of <participant> in line 5",
            ),
            ("", "<di:BPMNShape id='s' bpmnElement='gone'/>", "bpmnElement 'gone' of <BPMNShape> in line 5"),
        ] {
            let warnings = warnings(inside, after);
            assert!(
                warnings.starts_with("The BPMN model refers to") && warnings.contains(words),
                "{warnings}"
            );
            assert_eq!(warnings.lines().count(), 1, "{warnings}");
        }
    }
}
