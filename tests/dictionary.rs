//! The form's data dictionary is the contract.

#[test]
fn the_dictionary_is_the_contract() {
    let ours = String::from_utf8(lathe::form::dictionary::csv()).unwrap();
    let contract = include_str!("data/fields.csv");
    for (ours, contract) in ours.lines().zip(contract.lines()) {
        assert_eq!(ours, contract);
    }
    assert_eq!(ours, contract);
}
