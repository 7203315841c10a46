package io.castloom.domain.show;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Apple's podcast categories (Apple Podcasts for Creators, "Apple Podcasts categories", as of
 * 2026).
 */
public final class Categories {
  private static final Map<String, List<String>> ALL = new HashMap<>();

  static {
    put("Arts", "Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts");
    put(
        "Business",
        "Careers",
        "Entrepreneurship",
        "Investing",
        "Management",
        "Marketing",
        "Non-Profit");
    put("Comedy", "Comedy Interviews", "Improv", "Stand-Up");
    put("Education", "Courses", "How To", "Language Learning", "Self-Improvement");
    put("Fiction", "Comedy Fiction", "Drama", "Science Fiction");
    put("Government");
    put("History");
    put(
        "Health & Fitness",
        "Alternative Health",
        "Fitness",
        "Medicine",
        "Mental Health",
        "Nutrition",
        "Sexuality");
    put("Kids & Family", "Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids");
    put(
        "Leisure",
        "Animation & Manga",
        "Automotive",
        "Aviation",
        "Crafts",
        "Games",
        "Hobbies",
        "Home & Garden",
        "Video Games");
    put("Music", "Music Commentary", "Music History", "Music Interviews");
    put(
        "News",
        "Business News",
        "Daily News",
        "Entertainment News",
        "News Commentary",
        "Politics",
        "Sports News",
        "Tech News");
    put(
        "Religion & Spirituality",
        "Buddhism",
        "Christianity",
        "Hinduism",
        "Islam",
        "Judaism",
        "Religion",
        "Spirituality");
    put(
        "Science",
        "Astronomy",
        "Chemistry",
        "Earth Sciences",
        "Life Sciences",
        "Mathematics",
        "Natural Sciences",
        "Nature",
        "Physics",
        "Social Sciences");
    put(
        "Society & Culture",
        "Documentary",
        "Personal Journals",
        "Philosophy",
        "Places & Travel",
        "Relationships");
    put(
        "Sports",
        "Baseball",
        "Basketball",
        "Cricket",
        "Fantasy Sports",
        "Football",
        "Golf",
        "Hockey",
        "Rugby",
        "Running",
        "Soccer",
        "Swimming",
        "Tennis",
        "Volleyball",
        "Wilderness",
        "Wrestling");
    put("Technology");
    put("True Crime");
    put(
        "TV & Film",
        "After Shows",
        "Film History",
        "Film Interviews",
        "Film Reviews",
        "TV Reviews");
  }

  private Categories() {}

  private static void put(String top, String... below) {
    ALL.put(top, List.of(below));
  }

  /** Whether the text is a category, {@code Arts}, or one below it, {@code Arts > Books}. */
  public static boolean known(String category) {
    String below = below(category);
    List<String> all = ALL.get(top(category));
    return all != null && (below.isEmpty() || all.contains(below));
  }

  /** The part before {@code >}. */
  public static String top(String category) {
    int cut = category.indexOf('>');
    return cut < 0 ? category.strip() : category.substring(0, cut).strip();
  }

  /** The part after {@code >}, or the empty text. */
  public static String below(String category) {
    int cut = category.indexOf('>');
    return cut < 0 ? "" : category.substring(cut + 1).strip();
  }
}
