// Corners of lines, in pixels of the target.
layout(location = 0) in vec2 a_at;
layout(location = 1) in vec4 a_segment;
layout(location = 2) in vec4 a_colour;
layout(location = 3) in float a_half_width;

uniform vec2 u_size;

flat out vec4 v_segment;
flat out vec4 v_colour;
flat out float v_half_width;

void main() {
  v_segment = a_segment;
  v_colour = a_colour;
  v_half_width = a_half_width;
  gl_Position = vec4(2.0 * a_at / u_size - 1.0, 0.0, 1.0);
}
