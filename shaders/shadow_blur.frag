// Blurs one way; the farther shade more than the nearer.
uniform sampler2D u_shade;
uniform vec2 u_step;  // one texel this way
uniform vec2 u_width; // texels, of r and g

layout(location = 0) out vec4 o_shade;

void main() {
  vec2 at = gl_FragCoord.xy / vec2(textureSize(u_shade, 0));
  vec2 sum = vec2(0.0);
  float weights = 0.0;
  for (int i = -6; i <= 6; ++i) {
    float place = float(i) / 6.0;
    float weight = exp(-2.5 * place * place);
    sum += weight * vec2(textureLod(u_shade, at + u_step * place * u_width.x, 0.0).r,
                         textureLod(u_shade, at + u_step * place * u_width.y, 0.0).g);
    weights += weight;
  }
  o_shade = vec4(sum / weights, 0.0, 0.0);
}
