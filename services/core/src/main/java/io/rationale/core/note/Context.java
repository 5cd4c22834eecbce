package io.rationale.core.note;

/**
 * A passage that the RAG system gave to its generator.
 *
 * @param id    the passage's id in the RAG system, or null
 * @param rank  its place after ranking, from 1, or null
 * @param score the retriever's or reranker's score in its own scale, or null
 * @param text  the passage
 */
public record Context(String id, Integer rank, Double score, String text) {
    public Context {
        text = text == null ? "" : text;
    }
}
