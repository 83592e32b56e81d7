"""The Qt application. It knows the engine; the engine never knows it."""
