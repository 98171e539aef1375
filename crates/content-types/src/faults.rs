//! What a validator of JSON Schema says, told as faults.

use crate::told::under;
use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind};
use kernel::{FieldFault, Text};

/// The faults of a validation error: one for each field that is wrong.
pub fn faults(error: &ValidationError<'_>) -> Vec<FieldFault> {
    use ValidationErrorKind as K;
    let at = error.instance_path().to_string();
    match error.kind() {
        K::AdditionalProperties { unexpected } | K::UnevaluatedProperties { unexpected } => {
            unexpected.iter().map(|name| unknown(&at, name)).collect()
        }
        K::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            vec![FieldFault::new(under(&at, name), "required", Text::new("không được thiếu", "must be given"))]
        }
        K::OneOfNotValid { context } | K::AnyOf { context } => closest(&at, context),
        kind => {
            let (code, text) = told(kind);
            vec![FieldFault::new(at, code, text)]
        }
    }
}

fn unknown(at: &str, name: &str) -> FieldFault {
    let text = Text::new(format!("không có trường {name}"), format!("there is no field {name}"));
    FieldFault::new(under(at, name), "unknown_field", text)
}

/// Of several forms, the one that the value comes closest to.
fn closest(at: &str, context: &[Vec<ValidationError<'static>>]) -> Vec<FieldFault> {
    let depth = |errors: &Vec<ValidationError<'static>>| {
        let deepest = errors.iter().map(|error| error.instance_path().to_string().matches('/').count()).min();
        (std::cmp::Reverse(deepest.unwrap_or_default()), errors.len())
    };
    let errors = context.iter().filter(|errors| !errors.is_empty()).min_by_key(|errors| depth(errors));
    let told: Vec<FieldFault> = errors.into_iter().flatten().flat_map(faults).collect();
    let of_null = |fault: &FieldFault| fault.code == "wrong_type" && fault.pointer == at;
    if told.is_empty() || told.iter().any(of_null) {
        let text = Text::new("không đúng dạng nào được phép", "not of any form that is allowed");
        return vec![FieldFault::new(at, "invalid", text)];
    }
    told
}

fn told(kind: &ValidationErrorKind) -> (&'static str, Text) {
    use ValidationErrorKind as K;
    let text = |vi: String, en: String| Text::new(vi, en);
    match kind {
        K::Type { kind } => {
            let kinds = type_names(kind);
            ("wrong_type", text(format!("phải thuộc kiểu {kinds}"), format!("must be of type {kinds}")))
        }
        K::MaxLength { limit } => ("too_long", text(format!("dài nhất {limit} ký tự"), format!("at most {limit} characters"))),
        K::MinLength { limit: 1 } => ("blank", Text::new("không được để trống", "must not be blank")),
        K::MinLength { limit } => ("too_short", text(format!("ngắn nhất {limit} ký tự"), format!("at least {limit} characters"))),
        K::MaxItems { limit } => ("too_many", text(format!("nhiều nhất {limit} mục"), format!("at most {limit} items"))),
        K::MinItems { limit } => ("too_few", text(format!("ít nhất {limit} mục"), format!("at least {limit} items"))),
        K::MaxProperties { limit } => ("too_many", text(format!("nhiều nhất {limit} trường"), format!("at most {limit} fields"))),
        K::MinProperties { limit } => ("too_few", text(format!("ít nhất {limit} trường"), format!("at least {limit} fields"))),
        K::UniqueItems => ("duplicate", Text::new("các mục phải khác nhau", "the items must differ from each other")),
        K::Minimum { limit } => ("too_small", text(format!("không nhỏ hơn {limit}"), format!("must not be less than {limit}"))),
        K::ExclusiveMinimum { limit } => {
            ("too_small", text(format!("phải lớn hơn {limit}"), format!("must be greater than {limit}")))
        }
        K::Maximum { limit } => {
            ("too_large", text(format!("không lớn hơn {limit}"), format!("must not be greater than {limit}")))
        }
        K::ExclusiveMaximum { limit } => {
            ("too_large", text(format!("phải nhỏ hơn {limit}"), format!("must be less than {limit}")))
        }
        K::MultipleOf { multiple_of } => {
            ("not_a_multiple", text(format!("phải là bội số của {multiple_of}"), format!("must be a multiple of {multiple_of}")))
        }
        K::Enum { options } => {
            let options = listed(options);
            ("unknown_value", text(format!("phải là một trong {options}"), format!("must be one of {options}")))
        }
        K::Constant { expected_value } => {
            ("unknown_value", text(format!("phải là {expected_value}"), format!("must be {expected_value}")))
        }
        K::Format { format } if format == "date" => {
            ("invalid_date", Text::new("không phải là một ngày dạng YYYY-MM-DD", "not a day of the form YYYY-MM-DD"))
        }
        K::Format { format } => {
            ("invalid_format", text(format!("không đúng dạng {format}"), format!("not of the form {format}")))
        }
        K::Pattern { pattern } => {
            ("pattern_mismatch", text(format!("không khớp mẫu {pattern}"), format!("does not match the pattern {pattern}")))
        }
        _ => ("invalid", Text::new("giá trị không hợp lệ", "the value is not valid")),
    }
}

fn type_names(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Single(kind) => kind.to_string(),
        TypeKind::Multiple(kinds) => kinds.iter().map(|kind| kind.to_string()).collect::<Vec<_>>().join(", "),
    }
}

/// Permitted values, the first twenty of them.
fn listed(options: &serde_json::Value) -> String {
    const TOLD: usize = 20;
    let options = options.as_array().map(Vec::as_slice).unwrap_or_default();
    let plain = |option: &serde_json::Value| option.as_str().map_or_else(|| option.to_string(), str::to_owned);
    let mut told: Vec<String> = options.iter().take(TOLD).map(plain).collect();
    if options.len() > TOLD {
        told.push("…".to_owned());
    }
    told.join(", ")
}
