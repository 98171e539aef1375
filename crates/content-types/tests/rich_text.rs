use crate::value_refused;
use content_types::rich_text::{Unsafe, render};
use serde_json::json;

fn html(markdown: &str) -> String {
    render(markdown).unwrap().html
}

fn text(markdown: &str) -> String {
    render(markdown).unwrap().text
}

#[test]
fn markdown_becomes_html_and_text() {
    let markdown =
        "# Tiêu đề\n\nMột *hai*\nba  \nbốn ~~năm~~ [sáu](https://a.vn \"bảy\").\n\n- x\n- y\n\n| A | B |\n|---|--:|\n| 1 | 2 |\n";
    let html = html(markdown);
    assert!(html.contains("<h1>Tiêu đề</h1>") && html.contains("<em>hai</em>") && html.contains("<del>năm</del>"), "{html}");
    assert!(html.contains("<a href=\"https://a.vn\" title=\"bảy\" rel=\"noopener\">sáu</a>"), "{html}");
    assert!(
        html.contains("<td>1</td><td style=\"text-align:right\">2</td>")
            || html.contains("<td style=\"text-align: right\">2</td>"),
        "{html}"
    );
    assert_eq!(text(markdown), "Tiêu đề\nMột hai ba bốn năm sáu.\nx\ny\nA B\n1 2");
}

#[test]
fn footnotes_have_anchors_of_their_own() {
    let html = html("Theo luật[^luật].\n\n[^luật]: Luật Báo chí.");
    assert!(html.contains("<sup class=\"footnote-reference\"><a href=\"#fn-1\" rel=\"noopener\">1</a></sup>"), "{html}");
    assert!(html.contains("<div class=\"footnote-definition\" id=\"fn-1\">"), "{html}");
    assert_eq!(text("Theo luật[^1].\n\n[^1]: Luật Báo chí."), "Theo luật.\nLuật Báo chí.");
}

#[test]
fn harmless_html_passes() {
    assert_eq!(html("H<sub>2</sub>O<br>m<sup>2</sup>"), "<p>H<sub>2</sub>O<br>m<sup>2</sup></p>\n");
    let table = "<table>\n<tr><td colspan=\"2\" class=x>Một &lt; hai</td></tr>\n</table>";
    assert!(html(table).contains("<td colspan=\"2\">Một &lt; hai</td>"), "{}", html(table));
    assert_eq!(text(table), "Một < hai");
    assert!(html("<details><summary>Thêm</summary>\n\nNội *dung*\n\n</details>").contains("<em>dung</em>"));
    assert_eq!(text("<p>a</p><p>b&nbsp;c<br>d</p>"), "a\nb c d");
    assert_eq!(html("<!-- bí mật -->\n\na"), "\n\n<p>a</p>\n");
    assert_eq!(html("a <font color=red>c</font>"), "<p>a c</p>\n");
    assert_eq!(text("![Ảnh](https://a.vn/x.png)"), "Ảnh");
}

#[test]
fn html_that_is_not_closed_does_not_leak_out() {
    assert_eq!(html("a <b>b\n\nc"), "<p>a <b>b</b></p>\n<p>c</p>\n");
    assert_eq!(html("<b>a\n\nc"), html("<b>a</b>\n\nc"));
    assert_eq!(html("*a </em> b*"), "<p><em>a  b</em></p>\n");
    assert_eq!(html("a </p></div> b"), "<p>a  b</p>\n");
    assert!(html("<div>\n\na").ends_with("</div>"));
}

#[test]
fn what_carries_script_is_refused() {
    let elements = [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//a.vn/x.js></SCRIPT>",
        "a <iframe src=x></iframe>",
        "<object data=x></object>",
        "<embed src=x>",
        "<svg onload=alert(1)></svg>",
        "<math><mi></mi></math>",
        "<style>*{}</style>",
        "<link rel=stylesheet href=x>",
        "<meta http-equiv=refresh>",
        "<base href=//a.vn>",
        "<form action=x><input></form>",
        "<button>x</button>",
        "<template>x</template>",
        "<script\n>x",
        "<script",
        "<div><script/x>",
        "<!--><script>alert(1)</script>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<textarea></textarea>",
        "<video src=x></video>",
    ];
    let attributes = [
        "<img src=x onerror=alert(1)>",
        "<a href=\"x\" ONCLICK='alert(1)'>x</a>",
        "<b onfocus = alert(1) >x</b>",
        "<p style=\"width:expression(alert(1))\">x</p>",
        "<unknown onclick=x>",
        "<details open ontoggle=alert(1)>",
    ];
    let addresses = [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](javascript&colon;alert(1))",
        "[x](<java\tscript:alert(1)>)",
        "[x](java&Tab;script:alert(1))",
        "![x](data:image/svg+xml;base64,AAAA)",
        "[x](vbscript:x)",
        "[x]: javascript:alert(1)\n\n[x]",
        "<javascript:alert(1)>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\"&#106;&#97;vascript&#58;alert(1)\">x</a>",
        "<a href=\" \u{1}java\nscript:alert(1)\">x</a>",
        "<a href='java&NewLine;script&colon;x'>x</a>",
        "<img src=data:text/html,x>",
        "<a href=\"java\u{200b}script:alert(1)\">x</a>",
        "<blockquote cite=javascript:x>x</blockquote>",
    ];
    for bad in elements.into_iter().chain(attributes).chain(addresses) {
        match render(bad) {
            Err(refused) => assert_eq!(refused.code(), "unsafe_html"),
            Ok(rendered) => panic!("{bad} passed as {}", rendered.html),
        }
    }
}

#[test]
fn a_fault_of_rich_text_names_what_is_refused() {
    assert_eq!(render("<script>"), Err(Unsafe::Element("script".into())));
    assert_eq!(render("<b onclick=x>"), Err(Unsafe::Attribute("onclick".into())));
    assert_eq!(render("[x](data:a)"), Err(Unsafe::Address("data:".into())));
    assert_eq!(value_refused(json!({ "type": "string", "format": "markdown" }), json!("<script>")), ["/x unsafe_html"]);
}

#[test]
fn what_looks_like_script_but_is_text_stays_text() {
    assert_eq!(html("`<script>`"), "<p><code>&lt;script&gt;</code></p>\n");
    assert_eq!(html("1 < 2 & on = x"), "<p>1 &lt; 2 &amp; on = x</p>\n");
    assert!(html("[x](/tin/javascript:1)").contains("href=\"/tin/javascript:1\""));
    assert!(html("[x](?a=data:b)").contains("href"));
    assert!(html("<a href=\"zalo:1\">x</a>").contains("<a rel=\"noopener\">x</a>"));
    assert!(html("[a](mailto:a@b.vn) [b](tel:1022)").contains("tel:1022"));
}

#[test]
fn character_references_are_resolved_once() {
    assert_eq!(
        html("<p>&alpha; &amp;lt; &nosuch; &#233; a & b &lt;script&gt;</p>"),
        "<p>α &amp;lt; &amp;nosuch; é a &amp; b &lt;script&gt;</p>\n"
    );
    assert_eq!(text("<p>&alpha; &amp;lt; &copy</p>"), "α &lt; ©");
    assert_eq!(
        html("[x](https://a.vn/?a=1&b='2'\"3)"),
        "<p><a href=\"https://a.vn/?a=1&amp;b=&#x27;2&#x27;%223\" rel=\"noopener\">x</a></p>\n"
    );
    assert_eq!(html("a\u{fdd1}script\u{fdd2}"), "<p>a\u{fffd}script\u{fffd}</p>\n");
    assert_eq!(html("&#xfdd1;script <p title='&#xfdd3; onclick=x'>"), html("\u{fffd}script <p title='\u{fffd} onclick=x'>"));
}

#[test]
fn output_stays_in_nfc() {
    for markdown in [
        "e&#769;",
        "<b>\u{338} onclick=alert(1) x</b>",
        "a<b>&#824; onclick=x</b>",
        "&lt;&#824;",
        "<b title='e&#769;'>&#824;</b>",
        "\u{338}",
        "<b>&#803;&#824; onclick=alert(1) x</b>",
    ] {
        let rendered = render(markdown).unwrap();
        assert_eq!(kernel::text::nfc(rendered.html.clone()), rendered.html, "{markdown}");
        assert_eq!(kernel::text::nfc(rendered.text.clone()), rendered.text, "{markdown}");
        assert!(!rendered.html.contains("<b≯"), "{}", rendered.html);
    }
    assert_eq!(text("e&#769;"), "é");
}
