-- The list of 20 with four fields, asked over GraphQL.
wrk.method = "POST"
wrk.path = "/graphql"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"query":"{ documents(first: 20) { edges { node { number title issuedOn docType } } } }"}'
