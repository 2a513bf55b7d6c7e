// Flesh giving way to a tool: geometry/indentation.cpp holds the same formula and says what the figures are for; a test
// compares the two. Six rows a contact, filled by src/render/frame_block.cpp.
const float rim_mm = 1.2, rim_share = 0.25;
const float steepest = 0.85;
const float bulge_height = 0.16, bulge_reach = 0.9;
const float layer_power = 1.25;
const float far_from = 2.4, far_to = 3.0;
const float drag_radii = 2.5, drag_from = 0.3, drag_to = 0.8; // in patch radii; in shares of the thickness
const float shape_slack = 3.0, shape_slack_share = 0.25;
const float clear_of_tool = -1e4;

struct Contact {
  vec3 origin, into, across, along; // world mm; unit
  vec3 skin;                        // the skin's height over the plane: uu, uv, vv, 1/mm
  float radius, half_length, tip, flattened, thickness, patch_radius;
  vec2 shift; // across, along
  bool is_long;
};

Contact contact_number(int i) {
  vec4 a = contacts[6 * i], b = contacts[6 * i + 1], c = contacts[6 * i + 2], d = contacts[6 * i + 3],
       e = contacts[6 * i + 4], f = contacts[6 * i + 5];
  return Contact(a.xyz, b.xyz, c.xyz, d.xyz, e.xyz, a.w, b.w, c.w, d.w, e.w, f.x, f.yz, f.w > 0.5);
}

float soft_positive(float x, float rim) {
  if (x >= rim)
    return x;
  if (x <= -rim)
    return 0.0;
  float t = x + rim;
  return t * t / (4.0 * rim);
}

float nearness(Contact k, vec2 at) {
  float beyond = k.is_long ? max(0.0, abs(at.x) - k.half_length) : at.x;
  return 1.0 - smoothstep(far_from, far_to, length(vec2(beyond, at.y)) / max(k.patch_radius, 1.0));
}

float spanned_face(Contact k, vec2 at) {
  if (k.is_long && abs(at.x) > k.half_length)
    return clear_of_tool;
  float leaves = k.radius * steepest / sqrt(1.0 + steepest * steepest);
  float r = k.is_long ? abs(at.y) : length(at);
  float on_face = min(r, leaves);
  float ball = k.tip + k.flattened - k.radius + sqrt(k.radius * k.radius - on_face * on_face);
  return min(k.tip, ball - steepest * (r - on_face));
}

float skin_over(Contact k, vec3 at, float share) {
  float own = at.z - (1.0 - share) * k.thickness;
  float shape = dot(k.skin, vec3(at.x * at.x, at.x * at.y, at.y * at.y));
  return max(own, shape - shape_slack - shape_slack_share * length(at.xy));
}

vec3 dented_by(Contact k, vec3 point, float share, bool on_skin) {
  if (k.tip <= 0.0 || share <= 0.0)
    return point;
  vec3 from = point - k.origin;
  vec2 at = vec2(dot(from, k.across), dot(from, k.along));
  float z = dot(from, k.into);
  float near = nearness(k, at);
  float behind = 1.0 - smoothstep(k.thickness, 1.6 * k.thickness, z);
  if (near <= 0.0 || behind <= 0.0)
    return point;
  float height = on_skin ? z : skin_over(k, vec3(at, z), share);
  float over = spanned_face(k, at) - height;
  float shift = over > 0.5 * clear_of_tool ? soft_positive(over, rim_mm + rim_share * k.tip) : 0.0;
  if (over < 0.0) {
    float gap = min(-over, 50.0) / max(bulge_reach * k.tip, 0.1);
    shift -= bulge_height * k.tip * gap * exp(1.0 - gap);
  }
  float way = pow(share, layer_power) * near * behind;
  float less = 1.0 - smoothstep(drag_from * k.thickness, drag_to * k.thickness, z);
  float drag = way * less * smoothstep(0.0, 1.0, drag_radii - length(at) / max(k.patch_radius, 1.0));
  return point + way * shift * k.into + drag * (k.shift.x * k.across + k.shift.y * k.along);
}

vec3 dented(vec3 point, float share, bool on_skin) {
  int count = int(keyhole_edge.y + 0.5);
  for (int i = 0; i < count; ++i)
    point = dented_by(contact_number(i), point, share, on_skin);
  return point;
}

// Where the surface through the point faces after it has given way.
vec3 dented_normal(vec3 point, vec3 normal, float share, bool on_skin) {
  const float step_mm = 0.4;
  vec3 a = normalize(cross(abs(normal.x) < 0.7 ? vec3(1, 0, 0) : vec3(0, 0, 1), normal)), b = cross(normal, a);
  vec3 here = dented(point, share, on_skin);
  vec3 turned = cross(dented(point + step_mm * a, share, on_skin) - here, dented(point + step_mm * b, share, on_skin) - here);
  return dot(turned, turned) > 1e-12 ? normalize(turned) : normal;
}
