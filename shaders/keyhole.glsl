// Where Frame::keyhole opens what lies before its place.
struct Opening {
  bool inside;
  float clear; // 0 untouched … 1 glass
  float rim;   // 0..1 of the bright line along its edge
};

Opening opening_at(vec3 at) {
  vec3 to_eye = towards_eye(keyhole.xyz);
  float before = dot(at - keyhole.xyz, to_eye);
  float aside = length(at - keyhole.xyz - to_eye * before);
  float radius = keyhole.w;
  Opening opening;
  opening.inside = aside < radius && before > 0.0;
  float front = smoothstep(0.0, 3.0, before);
  opening.clear = front * (1.0 - smoothstep(radius - keyhole_edge.x, radius, aside));
  float line = max(0.036 * radius, 1.1 * pixel_mm(at));
  float from_line = (aside - radius + 1.3 * line) / line;
  opening.rim = front * exp(-from_line * from_line);
  return opening;
}
