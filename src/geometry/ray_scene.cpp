#include "geometry/ray_scene.h"

#include "geometry/triangle.h"

#include <embree3/rtcore.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <tuple>

namespace calfscope {
struct RayScene::Scene {
  RTCDevice device = nullptr;
  RTCScene scene = nullptr;
  std::vector<std::vector<glm::vec3>> positions;
  std::vector<std::vector<glm::uvec3>> triangles;

  Scene() {
    device = rtcNewDevice(nullptr);
    if (!device)
      throw std::runtime_error("Embree could not be started on this processor");
    scene = rtcNewScene(device);
    // Robust: no rays slip through shared edges. Context filter: all_hits collects in one pass.
    rtcSetSceneFlags(scene, static_cast<RTCSceneFlags>(RTC_SCENE_FLAG_ROBUST | RTC_SCENE_FLAG_CONTEXT_FILTER_FUNCTION));
  }
  ~Scene() {
    rtcReleaseScene(scene);
    rtcReleaseDevice(device);
  }
  Scene(const Scene&) = delete;
  Scene& operator=(const Scene&) = delete;
};

RayScene::RayScene() : scene_(std::make_unique<Scene>()) {}
RayScene::~RayScene() = default;
RayScene::RayScene(RayScene&&) noexcept = default;
RayScene& RayScene::operator=(RayScene&&) noexcept = default;

std::uint32_t RayScene::add(std::span<const glm::vec3> positions, std::span<const glm::uvec3> triangles) {
  Scene& s = *scene_;
  const auto number = static_cast<std::uint32_t>(s.positions.size());
  s.positions.emplace_back(positions.begin(), positions.end());
  s.triangles.emplace_back(triangles.begin(), triangles.end());
  RTCGeometry geometry = rtcNewGeometry(s.device, RTC_GEOMETRY_TYPE_TRIANGLE);
  // Embree pads its own buffers, so it gets a copy rather than a view of ours.
  auto* vertices =
      static_cast<float*>(rtcSetNewGeometryBuffer(geometry, RTC_BUFFER_TYPE_VERTEX, 0, RTC_FORMAT_FLOAT3,
                                                  3 * sizeof(float), std::max<std::size_t>(positions.size(), 1)));
  for (std::size_t i = 0; i < positions.size(); ++i)
    for (int k = 0; k < 3; ++k)
      vertices[3 * i + static_cast<std::size_t>(k)] = positions[i][k];
  if (!triangles.empty()) {
    auto* indices = static_cast<unsigned*>(rtcSetNewGeometryBuffer(geometry, RTC_BUFFER_TYPE_INDEX, 0, RTC_FORMAT_UINT3,
                                                                   3 * sizeof(unsigned), triangles.size()));
    for (std::size_t i = 0; i < triangles.size(); ++i)
      for (int k = 0; k < 3; ++k)
        indices[3 * i + static_cast<std::size_t>(k)] = triangles[i][k];
  }
  rtcCommitGeometry(geometry);
  rtcAttachGeometryByID(s.scene, geometry, number);
  rtcReleaseGeometry(geometry);
  return number;
}

void RayScene::commit() {
  rtcCommitScene(scene_->scene);
}

namespace {

RTCRayHit query_along(const Ray& ray, float from_mm) {
  RTCRayHit query{};
  query.ray.org_x = ray.origin.x;
  query.ray.org_y = ray.origin.y;
  query.ray.org_z = ray.origin.z;
  query.ray.dir_x = ray.direction.x;
  query.ray.dir_y = ray.direction.y;
  query.ray.dir_z = ray.direction.z;
  query.ray.tnear = from_mm;
  query.ray.tfar = std::numeric_limits<float>::infinity();
  query.ray.mask = ~0u;
  query.hit.geomID = RTC_INVALID_GEOMETRY_ID;
  return query;
}

RayHit hit_at(const Ray& ray, float distance_mm, const RTCHit& found) {
  RayHit hit;
  hit.distance_mm = distance_mm;
  hit.position = ray.origin + distance_mm * ray.direction;
  hit.normal = glm::normalize(glm::vec3(found.Ng_x, found.Ng_y, found.Ng_z));
  hit.mesh = found.geomID;
  hit.triangle = found.primID;
  hit.barycentric = {found.u, found.v};
  return hit;
}

struct Collector {
  RTCIntersectContext context; // first, so that Embree's pointer leads back here
  const Ray* ray;
  const std::vector<bool>* accept_mesh;
  std::vector<RayHit> hits;
};

// Refuses every hit after noting it, so that one pass meets them all.
void collect(const RTCFilterFunctionNArguments* arguments) {
  auto& collector = *reinterpret_cast<Collector*>(arguments->context);
  arguments->valid[0] = 0;
  RTCHit found{};
  found.Ng_x = RTCHitN_Ng_x(arguments->hit, arguments->N, 0);
  found.Ng_y = RTCHitN_Ng_y(arguments->hit, arguments->N, 0);
  found.Ng_z = RTCHitN_Ng_z(arguments->hit, arguments->N, 0);
  found.u = RTCHitN_u(arguments->hit, arguments->N, 0);
  found.v = RTCHitN_v(arguments->hit, arguments->N, 0);
  found.geomID = RTCHitN_geomID(arguments->hit, arguments->N, 0);
  found.primID = RTCHitN_primID(arguments->hit, arguments->N, 0);
  collector.hits.push_back(hit_at(*collector.ray, RTCRayN_tfar(arguments->ray, arguments->N, 0), found));
}

// Lets meshes through that are not accepted.
void skip_refused(const RTCFilterFunctionNArguments* arguments) {
  const auto& collector = *reinterpret_cast<const Collector*>(arguments->context);
  if (!(*collector.accept_mesh)[RTCHitN_geomID(arguments->hit, arguments->N, 0)])
    arguments->valid[0] = 0;
}

} // namespace

std::optional<RayHit> RayScene::first_hit(const Ray& ray, float min_mm, const std::vector<bool>* accept_mesh) const {
  Collector collector{{}, &ray, accept_mesh, {}};
  rtcInitIntersectContext(&collector.context);
  if (accept_mesh)
    collector.context.filter = skip_refused;
  RTCRayHit query = query_along(ray, min_mm);
  rtcIntersect1(scene_->scene, &collector.context, &query);
  if (query.hit.geomID == RTC_INVALID_GEOMETRY_ID)
    return std::nullopt;
  return hit_at(ray, query.ray.tfar, query.hit);
}

std::vector<RayHit> RayScene::all_hits(const Ray& ray, float min_mm) const {
  Collector collector{{}, &ray, nullptr, {}};
  rtcInitIntersectContext(&collector.context);
  collector.context.filter = collect;
  RTCRayHit query = query_along(ray, min_mm);
  rtcIntersect1(scene_->scene, &collector.context, &query);
  std::vector<RayHit>& found = collector.hits;
  std::sort(found.begin(), found.end(), [](const RayHit& a, const RayHit& b) {
    return std::tie(a.distance_mm, a.mesh, a.triangle) < std::tie(b.distance_mm, b.mesh, b.triangle);
  });
  // A ray through an edge meets the triangles on both sides of it: one crossing, found twice.
  std::vector<RayHit> hits;
  for (const RayHit& hit : found) {
    const float tolerance_mm = 1e-3f + 1e-6f * hit.distance_mm;
    const bool inwards = glm::dot(hit.normal, ray.direction) < 0;
    const bool again = std::any_of(hits.rbegin(), hits.rend(), [&](const RayHit& other) {
      return other.mesh == hit.mesh && hit.distance_mm - other.distance_mm < tolerance_mm &&
             (glm::dot(other.normal, ray.direction) < 0) == inwards;
    });
    if (!again)
      hits.push_back(hit);
  }
  return hits;
}

std::optional<SurfacePoint> RayScene::nearest(glm::vec3 point, float max_mm) const {
  struct Query {
    const Scene* scene;
    SurfacePoint best;
    bool found = false;
  } query{scene_.get(), {}, false};
  query.best.distance_mm = max_mm;

  RTCPointQuery region{};
  region.x = point.x;
  region.y = point.y;
  region.z = point.z;
  region.radius = max_mm;
  RTCPointQueryContext context;
  rtcInitPointQueryContext(&context);
  const auto visit = [](RTCPointQueryFunctionArguments* arguments) -> bool {
    auto& q = *static_cast<Query*>(arguments->userPtr);
    const auto& positions = q.scene->positions[arguments->geomID];
    const glm::uvec3 t = q.scene->triangles[arguments->geomID][arguments->primID];
    const glm::vec3 p(arguments->query->x, arguments->query->y, arguments->query->z);
    const glm::vec3 on = nearest_on_triangle(p, positions[t.x], positions[t.y], positions[t.z]);
    const float distance = glm::distance(on, p);
    const bool nearer = q.found ? distance < q.best.distance_mm : distance <= q.best.distance_mm;
    const bool same = q.found && distance == q.best.distance_mm;
    // Triangles that share the nearest edge are equally near, and the order of visits differs from run to run.
    if (!nearer && !(same && std::tie(arguments->geomID, arguments->primID) < std::tie(q.best.mesh, q.best.triangle)))
      return false;
    q.best = {distance, on, arguments->geomID, arguments->primID};
    q.found = true;
    arguments->query->radius = distance * 1.00001f + 1e-6f; // wide enough that rounding drops none of them
    return true;                                            // the radius shrank
  };
  rtcPointQuery(scene_->scene, &region, &context, visit, &query);
  if (!query.found)
    return std::nullopt;
  return query.best;
}

bool RayScene::inside(glm::vec3 point, std::uint32_t mesh) const {
  static const glm::vec3 directions[3] = {glm::normalize(glm::vec3(0.31f, 0.87f, 0.38f)),
                                          glm::normalize(glm::vec3(-0.71f, 0.21f, 0.67f)),
                                          glm::normalize(glm::vec3(0.23f, -0.55f, -0.81f))};
  int votes = 0;
  for (const glm::vec3& direction : directions) {
    int crossings = 0;
    for (const RayHit& hit : all_hits({point, direction}))
      crossings += hit.mesh == mesh;
    votes += crossings % 2;
  }
  return votes >= 2;
}

} // namespace calfscope
