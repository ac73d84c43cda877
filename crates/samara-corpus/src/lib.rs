//! Files into clean documents.
