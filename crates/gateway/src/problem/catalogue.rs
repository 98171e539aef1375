//! The one catalogue of problems: `/problems/{code}`, `docs/errors.md`, and the titles of answers.

use kernel::Text;

/// A kind of problem that clients can rely on.
pub(crate) struct Entry {
    pub code: &'static str,
    pub status: u16,
    pub title: Text,
    pub help: Text,
}

/// Code, status, title and advice, in Vietnamese and English.
type Line = (&'static str, u16, [&'static str; 2], [&'static str; 2]);

/// Every problem, by code.
pub(crate) const CATALOGUE: &[Line] = &[
    (
        "alias_exists",
        409,
        ["Tên đã được dùng", "The name is taken"],
        ["Một tên chỉ dẫn đến một văn bản; hãy xóa tên cũ trước.", "A name leads to one document; remove the old one first."],
    ),
    (
        "ambiguous_address",
        409,
        ["Địa chỉ có nhiều văn bản", "Several documents have the address"],
        [
            "Hãy mở một trong các văn bản được nêu; hai văn bản cùng cơ quan, loại, năm và số thường do nhập sai.",
            "Open one of those that are named; two documents of one issuer, kind, year and number are mostly a slip in entering.",
        ],
    ),
    (
        "ambiguous_provision",
        409,
        ["Điều khoản chưa rõ", "Ambiguous provision"],
        ["Hãy dùng một trong các mã đầy đủ được nêu.", "Use one of the full ids that are named."],
    ),
    (
        "bad_address",
        400,
        ["Địa chỉ không đúng dạng", "Malformed address"],
        [
            "Ngôn ngữ là mã ISO 639-3 (vie), ngày có dạng YYYY-MM-DD, điều khoản là mã như art_9__para_6.",
            "The language is an ISO 639-3 code (vie), the day YYYY-MM-DD, a provision an id such as art_9__para_6.",
        ],
    ),
    (
        "bad_cursor",
        400,
        ["Con trỏ trang không hợp lệ", "Bad cursor"],
        [
            "Con trỏ chỉ dùng cho chính danh sách, cách sắp xếp và bộ lọc đã sinh ra nó. Hãy bắt đầu lại từ trang đầu.",
            "A cursor belongs to the list, order and filters that made it. Start again from the first page.",
        ],
    ),
    (
        "body_too_large",
        413,
        ["Nội dung quá lớn", "Body too large"],
        ["Nội dung gửi lên vượt quá giới hạn của hệ thống.", "The body sent is over the limit of the system."],
    ),
    (
        "damaged_file",
        422,
        ["Tệp bị hỏng", "The file is damaged"],
        [
            "Hãy mở tệp bằng chương trình đã tạo ra nó và lưu lại.",
            "Open the file with the program that made it and save it again.",
        ],
    ),
    (
        "document_exists",
        409,
        ["Văn bản đã tồn tại", "The document exists"],
        [
            "Đã có văn bản cùng cơ quan ban hành, số ký hiệu và ngày ban hành; hãy sửa văn bản đó.",
            "A document of the same issuer, number and date exists; change that one.",
        ],
    ),
    (
        "embedded_document",
        415,
        ["Văn bản nhúng văn bản khác", "A document within the document"],
        [
            "Hãy mở bằng Word, chèn nội dung văn bản kia vào và lưu lại.",
            "Open it in Word, put the text of the other document into it and save it again.",
        ],
    ),
    ("empty_file", 422, ["Tệp rỗng", "The file is empty"], ["Tệp gửi lên không có nội dung.", "The file sent has no bytes."]),
    (
        "encrypted_file",
        422,
        ["Tệp có mật khẩu", "The file takes a password"],
        ["Hãy bỏ mật khẩu rồi gửi lại.", "Remove the password and send it again."],
    ),
    (
        "forbidden",
        403,
        ["Không có quyền", "Forbidden"],
        ["Tài khoản đang dùng không có quyền thực hiện việc này.", "The account in use may not do this."],
    ),
    (
        "found_in_text",
        409,
        ["Được tìm thấy trong văn bản", "Found in a text"],
        [
            "Quan hệ do phần mềm đọc thấy trong văn bản thì bác bỏ (standing: rejected), không xóa.",
            "A relation that was read in a text is rejected (standing: rejected), not removed.",
        ],
    ),
    (
        "four_eyes",
        403,
        ["Người viết không tự duyệt", "Four eyes"],
        [
            "Người viết hoặc sửa bài không được tự duyệt; hãy nhờ người khác.",
            "Whoever wrote or changed an edition cannot approve it; ask somebody else.",
        ],
    ),
    (
        "gazette_exists",
        409,
        ["Số Công báo đã tồn tại", "The issue of the gazette exists"],
        [
            "Đã có số Công báo cùng cơ quan, số và ngày; hãy sửa số báo đó.",
            "An issue of the same publisher, number and day exists; change that one.",
        ],
    ),
    (
        "gone",
        410,
        ["Đã gỡ bỏ", "Gone"],
        ["Nội dung đã từng công bố và đã được gỡ bỏ.", "It was published once and has been removed."],
    ),
    (
        "id_taken",
        409,
        ["Mã định danh đã dùng", "The id is taken"],
        [
            "Mã UUID này đã thuộc về tài nguyên khác, hoặc đã dùng với nội dung khác.",
            "The UUID belongs to another resource, or was used with other content.",
        ],
    ),
    (
        "idempotency_key_reused",
        422,
        ["Khóa lặp dùng cho nội dung khác", "Idempotency key used for another body"],
        [
            "Khóa Idempotency-Key này đã dùng cho một nội dung khác trong 24 giờ qua.",
            "This Idempotency-Key was used for another body within the last 24 hours.",
        ],
    ),
    (
        "idempotency_key_running",
        409,
        ["Yêu cầu cùng khóa đang chạy", "The same request is running"],
        [
            "Yêu cầu đầu tiên dùng khóa này chưa xong; hãy thử lại sau.",
            "The first request under this key is not finished; try again later.",
        ],
    ),
    (
        "image_too_large",
        422,
        ["Ảnh quá nhiều điểm ảnh", "The picture has too many pixels"],
        [
            "Ảnh có tối đa 100 triệu điểm ảnh và 20.000 điểm ảnh mỗi chiều.",
            "A picture has at most 100 million pixels, and 20,000 a side.",
        ],
    ),
    (
        "internal",
        500,
        ["Lỗi hệ thống", "Internal error"],
        [
            "Lỗi phía máy chủ. Hãy gửi request_id cho người vận hành.",
            "A fault of the server. Give the request_id to its operator.",
        ],
    ),
    (
        "invalid_parameter",
        400,
        ["Tham số không hợp lệ", "Invalid parameter"],
        ["Giá trị của một tham số không đúng dạng.", "The value of a parameter does not have its form."],
    ),
    (
        "invalid_query",
        400,
        ["Truy vấn GraphQL không hợp lệ", "Invalid GraphQL query"],
        ["Truy vấn không đọc được hoặc không khớp lược đồ.", "The query cannot be read or does not fit the schema."],
    ),
    (
        "invalid_refresh_token",
        401,
        ["Phiên đăng nhập đã hết", "The session has ended"],
        [
            "Mã làm mới đã dùng, hết hạn hoặc không đúng. Hãy đăng nhập lại.",
            "The refresh token was used, has expired or is wrong. Log in again.",
        ],
    ),
    (
        "issuer_exists",
        409,
        ["Cơ quan ban hành đã tồn tại", "The issuing authority exists"],
        [
            "Tên, slug hoặc mã đã thuộc về cơ quan khác tồn tại cùng lúc, hoặc mã là mã cũ của cơ quan khác.",
            "The name, slug or code belongs to another authority that exists at the same time, or the code was another's.",
        ],
    ),
    (
        "issuer_in_use",
        409,
        ["Cơ quan ban hành đang được dùng", "The issuing authority is in use"],
        ["Còn văn bản hoặc cơ quan khác dẫn đến cơ quan này.", "Documents or other bodies refer to this authority."],
    ),
    (
        "malformed_json",
        400,
        ["JSON không đọc được", "Malformed JSON"],
        [
            "Nội dung gửi lên không phải là JSON đúng cú pháp, hoặc không phải là một đối tượng.",
            "The body is not well-formed JSON, or not an object.",
        ],
    ),
    (
        "malformed_request",
        400,
        ["Yêu cầu không đọc được", "Malformed request"],
        ["Máy chủ không đọc được yêu cầu.", "The server cannot read the request."],
    ),
    (
        "media_in_use",
        409,
        ["Tệp đang được dùng", "The media item is in use"],
        [
            "Nội dung hoặc tệp khác đang dùng tệp này; hãy bỏ liên kết trước khi xóa.",
            "Entries, or other media items as their captions, use it; take it from them first.",
        ],
    ),
    (
        "media_type_mismatch",
        422,
        ["Loại tệp không khớp nội dung", "The content is not what it is told to be"],
        [
            "Phần mở rộng hoặc Content-Type khai báo khác với nội dung thật của tệp.",
            "The extension or the declared Content-Type contradicts what the file is.",
        ],
    ),
    (
        "method_not_allowed",
        405,
        ["Phương thức không được dùng ở đây", "Method not allowed"],
        [
            "Địa chỉ này không nhận phương thức đó; xem đầu mục Allow.",
            "The address does not take this method; see the Allow header.",
        ],
    ),
    (
        "no_such_provision",
        404,
        ["Không có điều khoản này", "No such provision"],
        ["Xem …/structure để biết các điều khoản của phiên bản này.", "See …/structure for the provisions of this version."],
    ),
    (
        "no_text",
        404,
        ["Không có toàn văn", "No text"],
        [
            "Văn bản chưa có toàn văn bằng ngôn ngữ này; xem các tệp của văn bản.",
            "The document has no text in this language; see its files.",
        ],
    ),
    (
        "no_version",
        404,
        ["Chưa có phiên bản", "No version yet"],
        [
            "Vào ngày được hỏi văn bản chưa ban hành; xem …/versions.",
            "On that day the document had not been issued; see …/versions.",
        ],
    ),
    (
        "not_acceptable",
        406,
        ["Không có dạng được yêu cầu", "Not acceptable"],
        ["Không có dạng trả lời nào trong Accept.", "None of the forms in Accept can be given."],
    ),
    (
        "not_found",
        404,
        ["Không tìm thấy", "Not found"],
        ["Không có tài nguyên này, hoặc người gọi không được thấy.", "There is no such resource, or the caller may not see it."],
    ),
    (
        "overloaded",
        503,
        ["Máy chủ đang bận", "The server is busy"],
        [
            "Nhiều văn bản dài đang được xử lý cùng lúc; hãy thử lại sau số giây nêu trong Retry-After.",
            "Many long texts are being written out at once; try again after the seconds in Retry-After.",
        ],
    ),
    (
        "password_change_required",
        403,
        ["Phải đổi mật khẩu", "Password change required"],
        [
            "Hãy đổi mật khẩu tại /v1/auth/password trước khi làm việc khác.",
            "Change the password at /v1/auth/password before anything else.",
        ],
    ),
    (
        "precondition_required",
        428,
        ["Thiếu If-Match", "If-Match required"],
        [
            "Hãy gửi ETag vừa đọc trong If-Match, để không ghi đè thay đổi của người khác.",
            "Send the ETag you read as If-Match, so that nobody's change is overwritten.",
        ],
    ),
    (
        "query_too_complex",
        400,
        ["Truy vấn GraphQL quá phức tạp", "GraphQL query too complex"],
        ["Truy vấn quá sâu, quá rộng hoặc có quá nhiều bí danh.", "The query is too deep, too wide or has too many aliases."],
    ),
    (
        "range_not_satisfiable",
        416,
        ["Phạm vi ngoài tệp", "Range not satisfiable"],
        [
            "Range hỏi những byte nằm ngoài tệp; Content-Range nêu số byte của tệp.",
            "The Range asks for bytes beyond the end of the file; Content-Range says how many there are.",
        ],
    ),
    (
        "release_not_ready",
        409,
        ["Đợt công bố chưa sẵn sàng", "The release is not ready"],
        [
            "Mọi mục trong đợt phải được duyệt và đủ nội dung; errors nêu từng mục.",
            "Every item has to be approved and complete; errors names each that is not.",
        ],
    ),
    (
        "request_timeout",
        408,
        ["Nội dung gửi lên bị ngừng", "The body stood still"],
        ["Hãy gửi lại yêu cầu trọn vẹn.", "Send the request again, whole."],
    ),
    (
        "slug_taken",
        409,
        ["Đường dẫn đã dùng", "The slug is taken"],
        [
            "Tin, bài khác cùng chuyên mục và ngôn ngữ đang giữ đường dẫn này.",
            "Another entry of the section and language holds the address.",
        ],
    ),
    (
        "source_of_edition",
        409,
        ["Nội dung được đọc từ tệp này", "The text was read from the file"],
        [
            "Tệp mà nội dung văn bản được đọc từ đó thì không xóa.",
            "A file that the text of a document was read from is not removed.",
        ],
    ),
    (
        "source_over_limit",
        413,
        ["Tệp quá lớn để đọc", "The file is too large to be read"],
        ["Tệp có quá nhiều trang, phần hoặc chữ; hãy chia nhỏ.", "The file has too many pages, parts or letters; split it."],
    ),
    (
        "source_type_mismatch",
        415,
        ["Nội dung không khớp tên tệp", "The content is not what the name says"],
        ["Phần mở rộng của tên tệp phải đúng với nội dung.", "The extension of the name has to fit the content."],
    ),
    (
        "stale_revision",
        412,
        ["Tài nguyên đã thay đổi", "The resource has changed"],
        ["Hãy đọc lại tài nguyên rồi sửa tiếp từ bản mới.", "Read the resource again and change the new revision."],
    ),
    (
        "taken_down",
        410,
        ["Đã gỡ bỏ do vi phạm", "Taken down"],
        ["Nội dung đã được gỡ bỏ do vi phạm; lý do nêu trong detail.", "It was taken down for a violation; detail says which."],
    ),
    (
        "text_exists",
        409,
        ["Đã có văn bản cho ngày này", "A text for the day exists"],
        [
            "Mỗi ngôn ngữ và ngày chỉ có một văn bản hợp nhất hoặc bản dịch; hãy sửa văn bản đó.",
            "There is one text for a language and day; change that one.",
        ],
    ),
    (
        "too_long_to_render",
        413,
        ["Quá dài cho dạng này", "Too long for the form"],
        ["Hãy lấy dạng khác, hoặc từng điều khoản.", "Take another form, or one provision at a time."],
    ),
    (
        "too_many_requests",
        429,
        ["Quá nhiều yêu cầu", "Too many requests"],
        ["Hãy chờ theo Retry-After rồi thử lại.", "Wait as Retry-After says, then try again."],
    ),
    (
        "translation_exists",
        409,
        ["Đã có bản ngôn ngữ này", "The translation exists"],
        [
            "Mỗi tin, bài chỉ có một bản cho mỗi ngôn ngữ; hãy sửa bản đó.",
            "An entry has one edition in work for each language; change that one.",
        ],
    ),
    (
        "type_breaks_entries",
        409,
        ["Thay đổi làm hỏng nội dung", "The change breaks entries"],
        [
            "Nội dung hiện có không hợp với định nghĩa mới; errors nêu từng chỗ.",
            "Present entries do not fit the new definition; errors names each place.",
        ],
    ),
    (
        "type_in_use",
        409,
        ["Kiểu nội dung đang được dùng", "The type is in use"],
        ["Hãy thu hồi hoặc xóa các tin, bài của kiểu này trước.", "Withdraw or delete the entries of the type first."],
    ),
    (
        "too_many_webhooks",
        409,
        ["Quá nhiều webhook", "Too many webhooks"],
        ["Hãy xóa bớt webhook không dùng nữa.", "Remove those that are not used any more."],
    ),
    (
        "type_name_taken",
        409,
        ["Tên kiểu nội dung đã dùng", "The name of the type is taken"],
        ["Tên, số nhiều, hoặc một tên suy ra từ chúng đã được dùng.", "The name, the plural, or a name made from them is taken."],
    ),
    (
        "unauthenticated",
        401,
        ["Chưa đăng nhập", "Not logged in"],
        ["Cần một mã truy cập còn hiệu lực trong Authorization.", "A valid access token in Authorization is needed."],
    ),
    (
        "unavailable",
        503,
        ["Tạm thời không phục vụ", "Unavailable"],
        [
            "Một phần của hệ thống tạm thời không trả lời; hãy thử lại sau.",
            "A part of the system does not answer for now; try again later.",
        ],
    ),
    (
        "undecodable_file",
        422,
        ["Tệp không đọc được", "The file cannot be read"],
        ["Tệp rỗng, nhị phân hoặc dùng bảng mã lạ.", "The file is empty, binary or in an unknown encoding."],
    ),
    (
        "unknown_parameter",
        400,
        ["Tham số lạ", "Unknown parameter"],
        [
            "Tham số, trường, phép so sánh hoặc quan hệ không có; câu lỗi nêu những gì dùng được.",
            "A parameter, field, operator or relation that does not exist; the error lists those that do.",
        ],
    ),
    (
        "unreadable_file",
        422,
        ["Không đọc được tệp", "The file cannot be read"],
        [
            "Tệp bị hỏng, hoặc cần quá nhiều thời gian hay bộ nhớ để đọc.",
            "The file is damaged, or takes too much time or memory to read.",
        ],
    ),
    (
        "unreadable_image",
        422,
        ["Ảnh không đọc được", "The picture cannot be read"],
        ["Tệp ảnh bị hỏng hoặc thiếu dữ liệu.", "The picture is damaged or cut off."],
    ),
    (
        "unsupported_file",
        415,
        ["Loại tệp chưa đọc được", "Unsupported kind of file"],
        ["Hãy gửi tệp .txt, .html, .docx hoặc .pdf.", "Send a .txt, .html, .docx or .pdf file."],
    ),
    (
        "unsupported_media",
        415,
        ["Không nhận loại tệp này", "Files of this kind are not taken"],
        [
            "Chỉ nhận ảnh, âm thanh, video, PDF, tệp văn phòng không có macro, ZIP và văn bản UTF-8; không nhận tệp chứa mã lệnh.",
            "Pictures, sound, film, PDF, office files without macros, ZIP and UTF-8 text are taken; nothing that carries programs.",
        ],
    ),
    (
        "unsupported_media_type",
        415,
        ["Kiểu nội dung không nhận", "Unsupported media type"],
        ["Hãy gửi đúng Content-Type mà tài liệu API nêu.", "Send the Content-Type that the API reference names."],
    ),
    ("username_taken", 409, ["Tên đăng nhập đã có", "The user name is taken"], ["Hãy chọn tên khác.", "Choose another one."]),
    (
        "validation_failed",
        422,
        ["Dữ liệu không hợp lệ", "The data is not valid"],
        ["Mỗi mục trong errors chỉ ra trường và lý do.", "Each item of errors points at a field and says why."],
    ),
    (
        "was_published",
        409,
        ["Đã từng công bố", "It was published"],
        ["Những gì đã công bố thì thu hồi chứ không xóa.", "What was published is withdrawn, not deleted."],
    ),
    (
        "withdrawn",
        410,
        ["Đã thu hồi", "Withdrawn"],
        ["Nội dung đã được thu hồi; lời giải thích nêu trong detail.", "It was withdrawn; detail gives the explanation."],
    ),
    (
        "wrong_credentials",
        401,
        ["Sai tên hoặc mật khẩu", "Wrong name or password"],
        ["Tên đăng nhập hoặc mật khẩu không đúng.", "The user name or the password is wrong."],
    ),
    (
        "wrong_password",
        403,
        ["Mật khẩu hiện tại không đúng", "The current password is wrong"],
        ["Hãy nhập đúng mật khẩu đang dùng để đổi sang mật khẩu mới.", "Give the password in use to change it for a new one."],
    ),
    (
        "wrong_state",
        409,
        ["Trạng thái không cho phép", "The state does not allow it"],
        ["Hành động không hợp với trạng thái hiện tại.", "The action does not fit the present state."],
    ),
];

/// The entry of a code; one that is missing here is told as an internal error.
pub(crate) fn entry(code: &str) -> Entry {
    let line = CATALOGUE.iter().find(|line| line.0 == code || line.0.replace('_', "-") == code);
    let (code, status, title, help) = line.copied().unwrap_or(("internal", 500, ["Lỗi hệ thống", "Internal error"], ["", ""]));
    let text = |[vi, en]: [&str; 2]| Text::new(vi, en);
    Entry { code, status, title: text(title), help: text(help) }
}
