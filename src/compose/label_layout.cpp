#include "compose/label_layout.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace calfscope {
namespace {

constexpr std::size_t most_in_column = 10; // more would be read by nobody
constexpr float gap_lines = 1.3f;          // between the outline and a text
constexpr float outline_slope = 1.4f;      // how fast a text may follow the outline, px aside per px down
constexpr float side_held = 0.3f; // of half the picture's width, beyond the middle, before a label changes sides

struct Column {
  bool right = true;
  float top = 0, bottom = 0;
  float taken = 0; // by the labels
  std::vector<LabelWish> labels;
};

float height_of(const LabelWish& label, const LabelRoom& room) {
  return label_height_lines(label.lines) * room.line_px;
}

// The column without what covers its ends.
Column column_of(const LabelRoom& room, bool right) {
  Column out{right, room.lower.y, room.upper.y, 0, {}};
  const float middle = 0.5f * (room.lower.x + room.upper.x), height = 0.5f * (room.lower.y + room.upper.y);
  for (const glm::vec4& rect : room.covered) {
    if ((0.5f * (rect.x + rect.z) > middle) != right)
      continue;
    if (0.5f * (rect.y + rect.w) < height)
      out.top = std::max(out.top, rect.w);
    else
      out.bottom = std::min(out.bottom, rect.y);
  }
  return out;
}

std::optional<LabelRoom::Reach> reach_near(const LabelRoom& room, float y) {
  std::optional<LabelRoom::Reach> best;
  float nearest = std::numeric_limits<float>::max();
  for (const auto& [height, reach] : room.outline)
    if (const float off = std::abs(height - y); off < nearest) {
      nearest = off;
      best = reach;
    }
  return best;
}

// Beside the outline at this height, with a steady slope where it bulges above or below.
float near_end(const LabelRoom& room, bool right, float y, float width_px) {
  float out = right ? room.lower.x : room.upper.x;
  for (const auto& [height, reach] : room.outline) {
    const float fall = outline_slope * std::max(0.0f, std::abs(height - y) - 0.8f * room.line_px);
    out = right ? std::max(out, reach.right - fall) : std::min(out, reach.left + fall);
  }
  const float gap = gap_lines * room.line_px, edge = 0.5f * room.line_px;
  return right ? std::min(out + gap, room.upper.x - edge - width_px)
               : std::max(out - gap, room.lower.x + edge + width_px);
}

bool prefers_right(const LabelRoom& room, const LabelWish& wish, const LabelLayoutMemory& memory) {
  const auto reach = reach_near(room, wish.anchor.y);
  const float middle = reach ? 0.5f * (reach->left + reach->right) : 0.5f * (room.lower.x + room.upper.x);
  const float half = reach ? std::max(0.5f * (reach->right - reach->left), 1.0f) : 1.0f;
  const float off = (wish.anchor.x - middle) / half;
  const auto known = memory.right.find(wish.id);
  if (known == memory.right.end())
    return off >= 0;
  return known->second ? off > -side_held : off > side_held;
}

// Middles of labels in this order that do not overlap, as near to the wanted ones as can be (least squares).
std::vector<float> spread(const std::vector<LabelWish>& labels, const LabelRoom& room, const Column& column) {
  struct Block {
    float sum = 0; // of wanted places, each less what the labels above it take
    int count = 0;
    float mean() const { return sum / static_cast<float>(count); }
  };
  std::vector<Block> blocks;
  std::vector<float> above; // from the middle of the first label to that of each
  for (const LabelWish& label : labels) {
    const float before = above.empty() ? 0.0f : 0.5f * height_of(labels[above.size() - 1], room);
    above.push_back(above.empty() ? 0.0f : above.back() + before + 0.5f * height_of(label, room));
    blocks.push_back({label.anchor.y - above.back(), 1});
    while (blocks.size() > 1 && blocks[blocks.size() - 2].mean() > blocks.back().mean()) {
      const Block last = blocks.back();
      blocks.pop_back();
      blocks.back().sum += last.sum;
      blocks.back().count += last.count;
    }
  }
  const float top = column.top + 0.5f * height_of(labels.front(), room);
  const float lowest = column.bottom - 0.5f * height_of(labels.back(), room) - above.back();
  std::vector<float> out;
  for (const Block& block : blocks)
    for (int k = 0; k < block.count; ++k)
      out.push_back(std::clamp(block.mean(), top, std::max(top, lowest)) + above[out.size()]);
  return out;
}

bool lines_cross(glm::vec2 a, glm::vec2 b, glm::vec2 c, glm::vec2 d) {
  const auto side = [](glm::vec2 p, glm::vec2 q, glm::vec2 r) {
    return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
  };
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

// As before where both were there before, by height else.
void sort_column(std::vector<LabelWish>& labels, const std::vector<std::string>& order_before) {
  std::stable_sort(labels.begin(), labels.end(),
                   [](const LabelWish& a, const LabelWish& b) { return a.anchor.y < b.anchor.y; });
  std::vector<LabelWish> known, sorted;
  for (const std::string& id : order_before)
    for (const LabelWish& label : labels)
      if (label.id == id)
        known.push_back(label);
  const auto is_known = [&](const LabelWish& label) {
    return std::any_of(known.begin(), known.end(), [&](const LabelWish& other) { return other.id == label.id; });
  };
  std::size_t next = 0;
  for (const LabelWish& label : labels) {
    if (is_known(label))
      continue;
    while (next < known.size() && known[next].anchor.y <= label.anchor.y)
      sorted.push_back(known[next++]);
    sorted.push_back(label);
  }
  sorted.insert(sorted.end(), known.begin() + static_cast<std::ptrdiff_t>(next), known.end());
  labels = std::move(sorted);
}

struct Placing {
  std::vector<PlacedLabel> labels;
  float lines_px = 0; // length of all lines
};

Placing placing_of(const Column& column, const LabelRoom& room) {
  Placing out;
  const std::vector<float> heights = spread(column.labels, room, column);
  for (std::size_t i = 0; i < heights.size(); ++i) {
    const LabelWish& label = column.labels[i];
    const glm::vec2 at(near_end(room, column.right, heights[i], label.width_px), heights[i]);
    out.labels.push_back({label.id, column.right, at});
    out.lines_px += glm::distance(at, label.anchor);
  }
  return out;
}

// Neighbours whose lines cross change places while that makes the lines shorter, so it comes to an end, and the same
// wishes once more find nothing to change.
std::vector<PlacedLabel> place(Column& column, const LabelRoom& room, const std::vector<std::string>& order_before) {
  if (column.labels.empty())
    return {};
  sort_column(column.labels, order_before);
  Placing best = placing_of(column, room);
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 0; i + 1 < column.labels.size(); ++i) {
      if (!lines_cross(best.labels[i].at, column.labels[i].anchor, best.labels[i + 1].at, column.labels[i + 1].anchor))
        continue;
      std::swap(column.labels[i], column.labels[i + 1]);
      Placing other = placing_of(column, room);
      if (other.lines_px < best.lines_px - 0.5f) {
        best = std::move(other);
        changed = true;
      } else {
        std::swap(column.labels[i], column.labels[i + 1]);
      }
    }
  }
  return std::move(best.labels);
}

// Two columns can meet where the picture fills the room.
bool overlap(const PlacedLabel& a, const LabelWish& a_wish, const PlacedLabel& b, const LabelWish& b_wish,
             const LabelRoom& room) {
  const auto from = [](const PlacedLabel& label, float width) { return label.right ? label.at.x : label.at.x - width; };
  const float a_from = from(a, a_wish.width_px), b_from = from(b, b_wish.width_px);
  return std::abs(a.at.y - b.at.y) < 0.5f * (height_of(a_wish, room) + height_of(b_wish, room)) &&
         a_from < b_from + b_wish.width_px && b_from < a_from + a_wish.width_px;
}

} // namespace

std::vector<PlacedLabel> lay_out_labels(std::vector<LabelWish> wishes, const LabelRoom& room,
                                        LabelLayoutMemory& memory) {
  Column left = column_of(room, false), right = column_of(room, true);
  std::stable_sort(wishes.begin(), wishes.end(),
                   [](const LabelWish& a, const LabelWish& b) { return a.weight > b.weight; });
  for (const LabelWish& wish : wishes) {
    Column& column = prefers_right(room, wish, memory) ? right : left;
    const float height = height_of(wish, room);
    if (column.labels.size() >= most_in_column || column.taken + height > column.bottom - column.top)
      continue;
    column.taken += height;
    column.labels.push_back(wish);
  }
  std::map<std::string, const LabelWish*> by_id;
  for (const LabelWish& wish : wishes)
    by_id[wish.id] = &wish;

  std::vector<PlacedLabel> out = place(left, room, memory.order_left);
  std::vector<PlacedLabel> others = place(right, room, memory.order_right);
  std::stable_sort(others.begin(), others.end(), [&](const PlacedLabel& a, const PlacedLabel& b) {
    return by_id[a.id]->weight > by_id[b.id]->weight;
  });
  // Where both columns lie over the picture a label gives way to one on the other side, up or down; where it cannot,
  // the heavier one stays.
  std::vector<PlacedLabel> kept;
  for (const PlacedLabel& wanted : others) {
    const LabelWish& own = *by_id[wanted.id];
    const auto hits = [&](const PlacedLabel& at, const PlacedLabel& other) {
      return overlap(at, own, other, *by_id[other.id], room);
    };
    const auto is_free = [&](const PlacedLabel& at, const std::vector<PlacedLabel>& among) {
      return std::none_of(among.begin(), among.end(), [&](const PlacedLabel& other) { return hits(at, other); });
    };
    const float half = 0.5f * height_of(own, room);
    bool placed = false;
    for (const float off : {0.0f, 1.0f, -1.0f, 2.0f, -2.0f, 3.0f, -3.0f}) {
      const float y = wanted.at.y + off * half;
      PlacedLabel at = wanted;
      at.at = {near_end(room, true, y, own.width_px), y};
      if (y < right.top + half || y > right.bottom - half || !is_free(at, out) || !is_free(at, kept))
        continue;
      kept.push_back(at);
      placed = true;
      break;
    }
    const bool heavier = std::none_of(out.begin(), out.end(), [&](const PlacedLabel& other) {
      return hits(wanted, other) && by_id[other.id]->weight > own.weight;
    });
    if (placed || !heavier || !is_free(wanted, kept))
      continue;
    std::erase_if(out, [&](const PlacedLabel& other) { return hits(wanted, other); });
    kept.push_back(wanted);
  }
  std::stable_sort(kept.begin(), kept.end(),
                   [](const PlacedLabel& a, const PlacedLabel& b) { return a.at.y < b.at.y; });
  out.insert(out.end(), kept.begin(), kept.end());

  // The order that was wanted, not the one after some gave way: the same wishes once more end the same.
  memory = {};
  for (const Column* column : {&left, &right})
    for (const LabelWish& label : column->labels) {
      memory.right[label.id] = column->right;
      (column->right ? memory.order_right : memory.order_left).push_back(label.id);
    }
  return out;
}

} // namespace calfscope
