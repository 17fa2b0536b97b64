//! What is refused before anything runs: a document that asks for too much, fragments written out. It is walked once,
//! in time linear to its length: the checks of the library itself follow every spread of every fragment, and a short
//! document of fragments that spread each other would keep them busy for ever.
//!
//! Depth and complexity are limited by the schema itself.

use crate::limits;
use async_graphql::parser::types::{ExecutableDocument, OperationDefinition, OperationType, Selection, SelectionSet};
use async_graphql::{Name, Variables};
use std::collections::HashMap;

/// What a document asks for, as far as it was counted.
#[derive(Debug, PartialEq, Eq)]
pub struct Counted {
    /// Root fields of the operation that `name` selects.
    pub roots: usize,
    /// The kind of that operation; nothing when there is none.
    pub operation: Option<OperationType>,
}

/// How much a selection asks for, with every fragment written out.
#[derive(Clone, Copy, Default)]
struct Size {
    roots: usize,
    fields: usize,
    aliases: usize,
}

/// Counts, or says what is too much.
pub fn count(document: &ExecutableDocument, name: Option<&str>) -> Result<Counted, String> {
    let mut walk = Walk { document, fragments: HashMap::new() };
    for fragment in document.fragments.keys() {
        walk.fragment(fragment)?;
    }
    for (_, operation) in document.operations.iter() {
        let size = walk.set(&operation.node.selection_set.node)?;
        within("fields", size.fields, limits::FIELDS)?;
        within("aliases", size.aliases, limits::ALIASES)?;
        match operation.node.ty {
            OperationType::Query => {}
            OperationType::Mutation => within("mutations", size.roots, limits::ROOT_MUTATIONS)?,
            OperationType::Subscription => within("subscriptions", size.roots, 1)?,
        }
    }
    let Some(operation) = selected(document, name) else { return Ok(Counted { roots: 0, operation: None }) };
    let roots = walk.set(&operation.selection_set.node)?.roots;
    Ok(Counted { roots, operation: Some(operation.ty) })
}

fn within(what: &str, count: usize, limit: usize) -> Result<(), String> {
    if count <= limit { Ok(()) } else { Err(format!("The document has {count} {what}, {limit} are allowed.")) }
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    /// Nothing stands for a fragment that is being counted.
    fragments: HashMap<&'a Name, Option<Size>>,
}

impl<'a> Walk<'a> {
    fn set(&mut self, set: &'a SelectionSet) -> Result<Size, String> {
        let mut sum = Size::default();
        for selection in &set.items {
            let size = match &selection.node {
                Selection::Field(field) => {
                    let inner = self.set(&field.node.selection_set.node)?;
                    let aliases = usize::from(field.node.alias.is_some()).saturating_add(inner.aliases);
                    Size { roots: 1, fields: inner.fields.saturating_add(1), aliases }
                }
                Selection::InlineFragment(fragment) => self.set(&fragment.node.selection_set.node)?,
                Selection::FragmentSpread(spread) => self.fragment(&spread.node.fragment_name.node)?,
            };
            sum.roots = sum.roots.saturating_add(size.roots);
            sum.fields = sum.fields.saturating_add(size.fields);
            sum.aliases = sum.aliases.saturating_add(size.aliases);
        }
        Ok(sum)
    }

    /// What one spread of the fragment asks for. That it is missing, the validation tells.
    fn fragment(&mut self, name: &Name) -> Result<Size, String> {
        let Some((name, fragment)) = self.document.fragments.get_key_value(name) else { return Ok(Size::default()) };
        match self.fragments.get(name) {
            Some(Some(size)) => return Ok(*size),
            Some(None) => return Err(format!("The fragment {name} spreads itself.")),
            None => {}
        }
        self.fragments.insert(name, None);
        let size = self.set(&fragment.node.selection_set.node)?;
        within("fields in a fragment", size.fields, limits::FIELDS)?;
        self.fragments.insert(name, Some(size));
        Ok(size)
    }
}

/// Says which required variable is missing. async-graphql would find out while it runs, field by field.
pub fn require_variables(document: &ExecutableDocument, name: Option<&str>, given: &Variables) -> Result<(), String> {
    let definitions = selected(document, name).map(|operation| operation.variable_definitions.as_slice());
    for definition in definitions.unwrap_or_default() {
        let definition = &definition.node;
        let required = !definition.var_type.node.nullable && definition.default_value.is_none();
        let value = given.get(&definition.name.node);
        if required && value.is_none_or(|value| *value == async_graphql::Value::Null) {
            return Err(format!("Variable ${} is required.", definition.name.node));
        }
    }
    Ok(())
}

/// The operation that runs: the named one, or the only one.
fn selected<'a>(document: &'a ExecutableDocument, name: Option<&str>) -> Option<&'a OperationDefinition> {
    let mut operations = document.operations.iter();
    let found = match name {
        Some(name) => operations.find(|(other, _)| other.is_some_and(|other| other.as_str() == name)),
        None => operations.next(),
    };
    found.map(|(_, operation)| &operation.node)
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_query;

    fn counted(text: &str) -> Result<Counted, String> {
        count(&parse_query(text).unwrap(), None)
    }

    #[test]
    fn aliases_are_counted_also_in_fragments_as_often_as_they_are_spread() {
        let fields = |n: usize| (0..n).map(|n| format!("a{n}: __typename ")).collect::<String>();
        let spread =
            |n: usize, times: usize| format!("{{ {} }} fragment F on Query {{ {} }}", "...F ".repeat(times), fields(n));
        assert!(counted(&spread(51, 1)).is_err() && counted(&spread(26, 2)).is_err());
        assert!(counted(&spread(25, 2)).is_ok() && counted("{ a: __typename }").is_ok());
    }

    #[test]
    fn mutations_of_one_document_are_limited_also_in_fragments() {
        let some = |n: usize| format!("mutation {{ {} }}", "signOut { signedOut } ".repeat(n));
        assert_eq!(counted(&some(10)).unwrap().roots, 10);
        assert!(counted(&some(11)).is_err());
        let hidden = "mutation { ...F ...F } fragment F on Mutation { a: signOut { signedOut } ...G ...G ...G } \
                      fragment G on Mutation { b: signOut { signedOut } c: signOut { signedOut } }";
        assert!(counted(hidden).is_err());
    }

    #[test]
    fn a_subscription_has_one_root_field() {
        assert!(counted("subscription { a }").is_ok());
        assert!(counted("subscription { ...F } fragment F on Subscription { a b }").is_err());
    }

    /// Three spreads in each of 31 fragments are 3³¹ fields: refused at once, and not counted one by one.
    #[test]
    fn fragments_that_spread_each_other_are_no_way_around() {
        let names: Vec<String> = (0..32).map(|n| format!("F{n}")).collect();
        let nested: String = names
            .windows(2)
            .map(|two| format!("fragment {} on Query {{ ...{b} ...{b} ...{b} }} ", two[0], b = two[1]))
            .collect();
        let refused = counted(&format!("{{ ...F0 }} {nested} fragment F31 on Query {{ __typename }}"));
        assert!(refused.unwrap_err().contains("fields"));
        assert!(counted("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }").is_err());
    }

    #[test]
    fn a_required_variable_must_be_given() {
        let document = parse_query("query($id: ID!, $first: Int! = 1, $after: String) { __typename }").unwrap();
        let given = |json| Variables::from_json(json);
        let check = |json| require_variables(&document, None, &given(json));
        assert!(check(serde_json::json!({ "id": "x" })).is_ok());
        assert!(check(serde_json::json!({})).is_err() && check(serde_json::json!({ "id": null })).is_err());
    }

    #[test]
    fn the_named_operation_is_the_one_that_counts() {
        let document = parse_query("query A { __typename } mutation B { __typename }").unwrap();
        let operation = |name| count(&document, Some(name)).unwrap().operation;
        assert_eq!(operation("A"), Some(OperationType::Query));
        assert_eq!(operation("B"), Some(OperationType::Mutation));
        assert_eq!(operation("C"), None);
    }
}
