//! A caller over HTTP.

use serde_json::{Value, json};
use ureq::Agent;
use ureq::http::Request;

/// Somebody who calls, with or without a token.
pub struct Client {
    agent: Agent,
    base: String,
    token: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: ureq::http::HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// The resource of the answer.
    pub fn data(&self) -> Value {
        assert!(self.status < 300, "{}: {}", self.status, self.text());
        self.json()["data"].clone()
    }

    /// Checks that this is a problem of that status and code, and returns it.
    #[track_caller]
    pub fn problem(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(problem["status"], status);
        assert!(problem["title"].is_string() && problem["type"].is_string() && problem["request_id"].is_string(), "{problem}");
        problem
    }
}

impl Client {
    pub fn new(port: u16, token: Option<String>) -> Self {
        let agent = Agent::config_builder().http_status_as_error(false).max_redirects(0).build().new_agent();
        Self { agent, base: format!("http://127.0.0.1:{port}"), token }
    }

    pub fn token(&self) -> &str {
        self.token.as_deref().unwrap()
    }

    /// Sends any request; a path may hold any text.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Option<Answer> {
        let mut request = Request::builder().method(method).uri(format!("{}{}", self.base, encoded(path)));
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if !headers.iter().any(|(name, _)| *name == "accept-encoding") {
            request = request.header("accept-encoding", "identity");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut answer = self.agent.run(request.body(body).unwrap()).ok()?;
        let body = answer.body_mut().with_config().limit(100 << 20).read_to_vec().ok()?;
        Some(Answer { status: answer.status().as_u16(), headers: answer.headers().clone(), body })
    }

    pub fn try_get(&self, path: &str) -> Option<Answer> {
        self.send("GET", path, &[], b"")
    }

    pub fn get(&self, path: &str) -> Answer {
        self.try_get(path).unwrap()
    }

    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.json("POST", path, &[], body)
    }

    pub fn json(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        let headers = [headers, &[("content-type", "application/json")]].concat();
        self.send(method, path, &headers, body.to_string().as_bytes()).unwrap()
    }

    pub fn patch(&self, path: &str, tag: &str, body: &Value) -> Answer {
        self.json("PATCH", path, &[("if-match", tag)], body)
    }

    pub fn delete(&self, path: &str, tag: &str) -> Answer {
        self.send("DELETE", path, &[("if-match", tag)], b"").unwrap()
    }

    pub fn transition(&self, path: &str, tag: &str, action: &str) -> Answer {
        self.json("POST", &format!("{path}/transitions"), &[("if-match", tag)], &json!({ "action": action }))
    }

    pub fn graphql(&self, query: &str, variables: Value) -> Value {
        self.post("/graphql", &json!({ "query": query, "variables": variables })).json()
    }

    /// Uploads files as a form.
    pub fn upload(&self, path: &str, files: &[(&str, &[u8])]) -> Answer {
        let (kind, body) = form(files);
        self.send("POST", path, &[("content-type", &kind)], &body).unwrap()
    }
}

/// Files as a form: its content type and its bytes.
pub fn form(files: &[(&str, &[u8])]) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for (name, bytes) in files {
        let head = format!(
            "--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: text/plain\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--edge--\r\n");
    ("multipart/form-data; boundary=edge".to_owned(), body)
}

/// Percent-encodes what an address may not hold as it is.
fn encoded(path: &str) -> String {
    path.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z'
            | b'a'..=b'z'
            | b'0'..=b'9'
            | b'/'
            | b'?'
            | b'='
            | b'&'
            | b'%'
            | b','
            | b':'
            | b'+'
            | b'-'
            | b'.'
            | b'_'
            | b'~' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

/// A new document of a fictional province; `extra` replaces or adds fields.
pub fn document(number: &str, extra: Value) -> Value {
    let mut body = json!({
        "number": number, "doc_type": "quyet-dinh", "title": format!("Về việc thử nghiệm số {number}"),
        "issuer": { "name": "Ủy ban nhân dân tỉnh Sông Lam" }, "issued_on": "2024-05-06",
    });
    body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    body
}

/// A regulation of the fictional province as a published text.
pub fn published_text(number: &str, day: &str, clause: &str) -> String {
    format!(
        "ỦY BAN NHÂN DÂN\nTỈNH SÔNG LAM\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------\n\
         Số: {number}\nSông Lam, {day}\n\nQUYẾT ĐỊNH\nBan hành Quy chế sử dụng phòng đọc trực tuyến của tỉnh Sông Lam\n\n\
         ỦY BAN NHÂN DÂN TỈNH SÔNG LAM\n\nCăn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;\n\
         Theo đề nghị của Giám đốc Thư viện tỉnh.\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Ban hành kèm theo Quyết định này Quy chế sử dụng phòng đọc trực tuyến.\n\
         Điều 2. Quyết định này {clause}.\nĐiều 3. Giám đốc Thư viện tỉnh chịu trách nhiệm thi hành Quyết định này./.\n\n\
         Nơi nhận:\n- Như Điều 3;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n\nLê Văn Bến\n"
    )
}
