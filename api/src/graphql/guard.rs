//! What is refused before anything runs: too many aliases, too many mutations in one document, a document too long.
//!
//! Depth and complexity are limited by the schema itself.

use crate::limits;
use async_graphql::Variables;
use async_graphql::parser::types::{ExecutableDocument, OperationDefinition, OperationType, Selection, SelectionSet};

/// What a document asks for, as far as it was counted.
#[derive(Debug, PartialEq, Eq)]
pub struct Counted {
    /// Root fields of its largest mutation.
    pub mutations: usize,
    /// The kind of the operation that `name` selects; nothing when there is none.
    pub operation: Option<OperationType>,
}

/// Counts, or says what is too much.
pub fn count(document: &ExecutableDocument, name: Option<&str>) -> Result<Counted, String> {
    let fragments = document.fragments.values().map(|fragment| &fragment.node.selection_set.node);
    let operations = document.operations.iter().map(|(_, operation)| &operation.node.selection_set.node);
    let aliases: usize = fragments.chain(operations).map(aliases).sum();
    if aliases > limits::ALIASES {
        return Err(format!("The document has {aliases} aliases, {} are allowed.", limits::ALIASES));
    }
    let mutations = document
        .operations
        .iter()
        .filter(|(_, operation)| operation.node.ty == OperationType::Mutation)
        .map(|(_, operation)| operation.node.selection_set.node.items.len())
        .max()
        .unwrap_or(0);
    if mutations > limits::ROOT_MUTATIONS {
        return Err(format!("The document has {mutations} mutations, {} are allowed.", limits::ROOT_MUTATIONS));
    }
    Ok(Counted { mutations, operation: selected(document, name).map(|operation| operation.ty) })
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

fn aliases(set: &SelectionSet) -> usize {
    set.items
        .iter()
        .map(|selection| match &selection.node {
            Selection::Field(field) => {
                usize::from(field.node.alias.is_some()) + aliases(&field.node.selection_set.node)
            }
            Selection::InlineFragment(fragment) => aliases(&fragment.node.selection_set.node),
            Selection::FragmentSpread(_) => 0,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_query;

    fn counted(text: &str) -> Result<Counted, String> {
        count(&parse_query(text).unwrap(), None)
    }

    #[test]
    fn aliases_are_counted_also_in_fragments() {
        let fields: String = (0..51).map(|n| format!("a{n}: __typename ")).collect();
        assert!(counted(&format!("{{ ...F }} fragment F on Query {{ {fields} }}")).is_err());
        assert!(counted("{ a: __typename }").is_ok());
    }

    #[test]
    fn mutations_of_one_document_are_limited() {
        let some = |n: usize| format!("mutation {{ {} }}", "signOut { signedOut } ".repeat(n));
        assert_eq!(counted(&some(10)).unwrap().mutations, 10);
        assert!(counted(&some(11)).is_err());
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
