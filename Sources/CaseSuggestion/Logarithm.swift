internal import Foundation

/// Logarithms and exponentials in single precision.
enum Logarithm {
    static func natural(_ value: Float) -> Float { Float(Foundation.log(Double(value))) }
    static func binary(_ value: Float) -> Float { natural(value) / 0.693_147_2 }
    static func exponential(_ value: Float) -> Float { Float(Foundation.exp(Double(value))) }
}
