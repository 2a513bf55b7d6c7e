// Where the outlined structures are: r anywhere, g in plain sight.
uniform sampler2D u_depth; // of the opaque scene
uniform float u_samples;   // of the scene per pixel

layout(location = 0) out vec4 o_mask;

void main() {
  ivec2 at = ivec2(gl_FragCoord.xy * u_samples);
  float slack = 3.0 * fwidth(gl_FragCoord.z) + 1e-5;
  float seen = step(gl_FragCoord.z, texelFetch(u_depth, at, 0).r + slack);
  o_mask = vec4(1.0, seen, 0.0, 0.0);
}
