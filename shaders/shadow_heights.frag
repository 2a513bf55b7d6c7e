// From the heights of the lowest surfaces above the floor to how much light they take from it.
uniform sampler2D u_heights; // 0 at the floor … 1 at u_reach_mm
uniform float u_reach_mm;

layout(location = 0) out vec4 o_shade; // r where it nearly touches, g farther up

void main() {
  float height = texelFetch(u_heights, ivec2(gl_FragCoord.xy), 0).r * u_reach_mm;
  bool free = height >= u_reach_mm * 0.999;
  o_shade = free ? vec4(0.0) : vec4(exp(-height / 5.0), exp(-height / 55.0), 0.0, 0.0);
}
