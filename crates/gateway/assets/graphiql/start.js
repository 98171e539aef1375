"use strict";

const query = `# Chào mừng đến với GraphQL của Congkhai.
#
# Ví dụ dưới đây đọc 10 văn bản mới ban hành nhất.
# Nhấn ▶ hoặc Ctrl-Enter để chạy, Ctrl-Space để gợi ý.
# Biểu tượng sách bên trái mở tài liệu của lược đồ.
#
# Chưa đăng nhập thì chỉ đọc nội dung đã công bố.
# Muốn đọc bản nháp hoặc ghi dữ liệu: lấy access_token
# từ POST /v1/auth/login, điền vào thẻ "Headers":
#
#   { "Authorization": "Bearer …" }
#
# Welcome to the GraphQL API of Congkhai.
#
# The example reads the 10 most recent documents.
# Press ▶ or Ctrl-Enter to run, Ctrl-Space to complete.
# The book on the left opens the schema's reference.
#
# Without a login only published content is read.
# For drafts and writes take an access_token from
# POST /v1/auth/login into the "Headers" tab, as above.

query NewestDocuments {
  documents(first: 10, sort: [ISSUED_ON_DESC]) {
    edges {
      node {
        id
        number
        docType
        title
        issuedOn
        issuer {
          name
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`;

const fetcher = GraphiQL.createFetcher({
  url: "/graphql",
  enableIncrementalDelivery: false,
  headers: { Accept: "application/graphql-response+json, application/json" },
});

ReactDOM.createRoot(document.getElementById("graphiql")).render(
  React.createElement(GraphiQL, {
    fetcher,
    defaultQuery: query,
    isHeadersEditorEnabled: true,
    // A token typed into the header editor is not kept in the browser.
    shouldPersistHeaders: false,
  }),
);
